/** What the preload gives the page in Electron, and nothing else: text out, text in, the end. Absent in a browser. */
export interface LatchkeyBridge {
  readonly send: (text: string) => void
  readonly onText: (listener: (text: string) => void) => void
  readonly onClose: (listener: (code: number, reason: string) => void) => void
}

declare global {
  interface Window {
    readonly latchkeyBridge?: LatchkeyBridge
  }
}
