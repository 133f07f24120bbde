/** Words of a command for a POSIX shell: identifiers and keys of one's own may hold any printable character. */

/** One word: in double quotes, or in single ones where a shell at a prompt would take `!` for its history. */
export function quoted(text: string): string {
  return text.includes('!') ? `'${text.replaceAll("'", "'\\''")}'` : `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`
}

/** Parameters for curl, a line each: sent byte for byte, whatever they hold. */
export function parameters(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => ` \\\n  --data-urlencode ${quoted(`${name}=${value}`)}`).join('')
}
