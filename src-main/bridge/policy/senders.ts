import { mayNavigate } from './addresses.ts'

/** Who sent a message over IPC, as far as Electron knows; its frame is null when it navigated or is gone. */
export interface Sender {
  /** The frame's address, or null where there is no frame any more. */
  readonly address: string | null
  readonly isMainFrame: boolean
  /** Whether its window is one of ours. */
  readonly isKnownWindow: boolean
}

/** Whether a message may be looked at: from our page, in the main frame, of a window we made. */
export function maySpeak(sender: Sender, origin: string): boolean {
  return sender.isKnownWindow && sender.isMainFrame && sender.address !== null && mayNavigate(sender.address, origin)
}
