import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ root: string, platform: string, environment: Record<string, string | undefined>, uid: number | undefined }} Machine
 * @typedef {{ ok: true, host: 'electron', program: string, reason: string }
 *   | { ok: true, host: 'browser', reason: string } | { ok: false, problem: string }} Choice
 */

/**
 * The Electron runtime's program, or undefined where it is not there. Files are looked at, nothing is imported: outside
 * of Electron, importing its package starts a download.
 * @param {Machine} machine @returns {string | undefined}
 */
export function findElectron({ root, environment }) {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined
  const distribution = environment.ELECTRON_OVERRIDE_DIST_PATH
  const program = distribution
    ? join(distribution, named ?? 'electron')
    : named === undefined
      ? undefined
      : join(folder, 'dist', named)
  return program !== undefined && existsSync(program) ? program : undefined
}

/** Why Electron cannot be used on this machine, in words for one line; undefined where it can. @param {Machine} machine */
function whyNotElectron({ platform, environment, uid }, program) {
  if (program === undefined) return 'Electron’s runtime is not installed here'
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no display'
  if (platform === 'linux' && uid === 0) return 'Electron’s sandbox does not run as root'
  return undefined
}

/**
 * Which host to start, and why. `--host=` decides where it is given; a host that cannot be had is a problem with a name.
 * @param {readonly string[]} words the command line @param {Machine} machine @returns {Choice}
 */
export function chooseHost(words, machine) {
  const at = words.findIndex((word) => word === '--host' || word.startsWith('--host='))
  const asked = at < 0 ? undefined : (words[at]?.split('=')[1] ?? words[at + 1])
  if (at >= 0 && asked !== 'electron' && asked !== 'browser')
    return { ok: false, problem: '--host is electron or browser' }
  if (asked === 'browser') return { ok: true, host: 'browser', reason: 'as asked for' }
  const program = findElectron(machine)
  const obstacle = whyNotElectron(machine, program)
  if (asked === 'electron') {
    if (program === undefined || obstacle !== undefined) {
      return { ok: false, problem: `--host=electron: ${obstacle}. npm start -- --host=browser works without.` }
    }
    return { ok: true, host: 'electron', program, reason: 'as asked for' }
  }
  if (program === undefined || obstacle !== undefined) return { ok: true, host: 'browser', reason: `${obstacle}` }
  return { ok: true, host: 'electron', program, reason: 'Electron’s runtime is installed' }
}
