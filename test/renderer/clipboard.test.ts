/** Clearing the clipboard behind a copied secret; the page and the clipboard are plain stand-ins, the clock is moved by hand. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clearLater, clipboardClearMs, copyText } from '../../src-renderer/components/clipboard.ts'

let held = ''
let focused = true
let page: EventTarget

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  held = ''
  focused = true
  page = new EventTarget()
  vi.stubGlobal('document', { hasFocus: () => focused })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('navigator', {
    clipboard: {
      // As Chromium does: no page reads without the focus.
      readText: async () => {
        if (!focused) throw new DOMException('Document is not focused.', 'NotAllowedError')
        return held
      },
      writeText: async (text: string) => {
        held = text
      },
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function copied(text: string): Promise<() => void> {
  await copyText(text)
  return clearLater(text)
}
function comeBack(): void {
  focused = true
  page.dispatchEvent(new Event('focus'))
}
/** Lets promises settle, digests among them, which come from another thread. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise<void>((done) => setImmediate(done))
}

describe('a copied secret', () => {
  it('is cleared from the clipboard after a minute, not before', async () => {
    await copied('secret')
    vi.advanceTimersByTime(clipboardClearMs - 1)
    await settled()
    expect(held).toBe('secret')
    vi.advanceTimersByTime(1)
    await expect.poll(() => held).toBe('')
  })
  it('leaves alone what was copied meanwhile', async () => {
    await copied('secret')
    held = 'something else'
    vi.advanceTimersByTime(clipboardClearMs)
    await settled()
    expect(held).toBe('something else')
  })
  it('is cleared when the focus comes back, where the page had none', async () => {
    await copied('secret')
    focused = false
    vi.advanceTimersByTime(clipboardClearMs)
    await settled()
    expect(held).toBe('secret')
    comeBack()
    await expect.poll(() => held).toBe('')
  })
  it('stays when the clearing is called off, before its time and after', async () => {
    const early = await copied('secret')
    early()
    vi.advanceTimersByTime(clipboardClearMs)
    await settled()
    expect(held).toBe('secret')
    const late = await copied('secret')
    focused = false
    vi.advanceTimersByTime(clipboardClearMs)
    await settled()
    late()
    comeBack()
    await settled()
    expect(held).toBe('secret')
  })
})
