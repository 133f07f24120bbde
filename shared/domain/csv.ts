/**
 * Text as CSV (RFC 4180), for every export. A cell that a spreadsheet would run as a formula has an apostrophe before
 * it (OWASP, CSV injection); so has one that begins with an apostrophe, so that the guard can be told from the text.
 */

/** What a spreadsheet takes for a formula. */
export const formula = /^[=+\-@\t\r]/
const guarded = /^'[=+\-@\t\r']/

/** A cell as it is written: guarded against formulas, quoted where needed. `unguarded` gives the text back. */
export function csvCell(text: string): string {
  const safe = formula.test(text) || text.startsWith("'") ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The text of a cell that was read, without the guard that `csvCell` put before it. */
export function unguarded(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell
}

/** A header and rows, each line ended by CRLF. */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}
