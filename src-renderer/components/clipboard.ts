/** The clipboard, and clearing it after a while where it still holds what we put there. */
export const clipboardClearMs = 60_000

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}

/** Clears the clipboard if it still holds the text; where reading is refused, leaves it alone. Answers whether it did. */
export async function clearIfStill(text: string): Promise<boolean> {
  try {
    if ((await navigator.clipboard.readText()) !== text) return false
    await navigator.clipboard.writeText('')
    return true
  } catch {
    return false
  }
}
