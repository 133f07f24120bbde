/** The parts of a file, small enough for a frame; the text is never held as a whole. */
import { transferPartLength } from '../../../shared/protocol/transfer.ts'

/** Not UTF-8: a binary file, or a table that was saved in an old encoding. */
export class NotText extends Error {}

export async function* partsOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw new NotText()
    }
  }
  const reader = file.stream().getReader()
  let pending = ''
  for (;;) {
    const { value, done } = await reader.read()
    pending += decoded(value)
    while (pending.length > transferPartLength || (done && pending !== '')) {
      // Not between the halves of a surrogate pair.
      const last = pending.charCodeAt(transferPartLength - 1)
      const cut = last >= 0xd800 && last < 0xdc00 ? transferPartLength - 1 : transferPartLength
      yield pending.slice(0, cut)
      pending = pending.slice(cut)
    }
    if (done) return
  }
}
