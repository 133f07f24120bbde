/** What the preload gives the page in Electron, and nothing else: text out, text in, the end. Absent in a browser. */
interface LatchkeyBridge {
  readonly send: (text: string) => void
  readonly onText: (listener: (text: string) => void) => void
  readonly onClose: (listener: (code: number, reason: string) => void) => void
}

interface Window {
  readonly latchkeyBridge?: LatchkeyBridge
}
