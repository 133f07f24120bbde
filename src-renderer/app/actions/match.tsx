/** True where every word of the text begins somewhere in the words of the title; an empty text matches all. */
export function matches(text: string, title: string): boolean {
  const hay = title.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

/** The text with its first match of `part` marked. */
export function Marked({ text, part }: { readonly text: string; readonly part: string }) {
  const wanted = part.trim().toLowerCase()
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted)
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + wanted.length)}</b>
      {text.slice(at + wanted.length)}
    </>
  )
}
