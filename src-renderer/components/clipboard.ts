/** The clipboard, and clearing it after a while where it still holds what we put there. */
export const clipboardClearMs = 60_000

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Clears the clipboard in a minute if it still holds the text, of which only a digest is kept; the answer calls that
 * off. A browser lets no page read the clipboard that has not the focus, and who pastes is elsewhere: then it is
 * cleared as soon as the focus is back.
 */
export function clearLater(text: string): () => void {
  const digest = digestOf(text)
  let off = false

  async function clear(): Promise<void> {
    try {
      const held = await navigator.clipboard.readText()
      if ((await digestOf(held)) !== (await digest) || off) return
      await navigator.clipboard.writeText('')
    } catch {
      // Refused with the focus here, it is refused for good.
      if (!off && !document.hasFocus()) addEventListener('focus', clear, { once: true })
    }
  }

  const timer = setTimeout(clear, clipboardClearMs)
  return () => {
    off = true
    clearTimeout(timer)
    removeEventListener('focus', clear)
  }
}
