import { resolve } from 'node:path'
import { deepLinkScheme } from './deep-links.ts'

/** What the command line asked for. */
export interface StartArguments {
  /** Absolute; undefined for the system's usual place. */
  readonly dataDirectory: string | undefined
  /** undefined lets the launcher choose. */
  readonly host: 'electron' | 'browser' | undefined
  /** Fill and open the workspace with sample data. */
  readonly sample: boolean
  /** Open a window or a browser; without it the address is printed. */
  readonly open: boolean
  /** A link that started the program; its own policy says what it may do. */
  readonly link: string | undefined
}

export type ParsedArguments =
  | { readonly ok: true; readonly value: StartArguments }
  | { readonly ok: false; readonly problem: string }

/** One line each, for the terminal. */
export const usage = `Usage: npm start -- [--host=electron|browser] [--data DIR] [--sample] [--no-open]

  --host=electron|browser   the desktop window, or this machine's browser; chosen by what is installed
  --data DIR                keep everything in this folder
  --sample                  open the workspace with sample data
  --no-open                 print the address, open nothing`

/**
 * Reads the arguments after the program's name. Anything not known is a problem with a name, never ignored: a mistyped
 * `--data` must not open another folder. `workingDirectory` is what a relative folder is relative to.
 */
export function parseArguments(words: readonly string[], workingDirectory: string): ParsedArguments {
  let dataDirectory: string | undefined
  let host: StartArguments['host']
  let sample = false
  let open = true
  let link: string | undefined
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = '', ...values] = word.split('=')
    const value = values.length > 0 ? values.join('=') : undefined
    if (name === '--data') {
      const folder = value ?? rest.shift()
      if (!folder || folder.startsWith('--')) return { ok: false, problem: '--data needs a folder' }
      dataDirectory = resolve(workingDirectory, folder)
    } else if (name === '--host') {
      const wanted = value ?? rest.shift()
      if (wanted !== 'electron' && wanted !== 'browser') return { ok: false, problem: '--host is electron or browser' }
      host = wanted
    } else if (word === '--sample') sample = true
    else if (word === '--no-open') open = false
    else if (word.startsWith(`${deepLinkScheme}:`)) link = word
    else return { ok: false, problem: `unknown argument ${JSON.stringify(word)}` }
  }
  return { ok: true, value: Object.freeze({ dataDirectory, host, sample, open, link }) }
}
