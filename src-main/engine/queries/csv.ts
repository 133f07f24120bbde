/** Rows as CSV (RFC 4180): a header, CRLF, quotes where needed. */

/** A cell that a spreadsheet would run as a formula gets an apostrophe first (OWASP, CSV injection). */
function cell(value: unknown): string {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The columns are the fields of the first row; no rows give an empty text. */
export function stringify(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return ''
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column])))]
  return lines.map((line) => `${line.join(',')}\r\n`).join('')
}
