import i18next from 'i18next'

/** Prints the recovery code on a page of its own: into the document for the print only, and out again. */
export function printRecoveryCode(code: string, workspace: string): void {
  const page = document.createElement('div')
  page.className = 'lk-print'
  for (const [tag, text] of [
    ['h1', i18next.t('reveal.printTitle', { workspace })],
    ['pre', code],
    ['p', i18next.t('reveal.printText')],
  ] as const) {
    const line = document.createElement(tag)
    line.textContent = text
    page.append(line)
  }
  document.body.append(page)
  // A page's print dialog blocks; where it does not, the event says when it ended.
  addEventListener('afterprint', () => page.remove(), { once: true })
  print()
}
