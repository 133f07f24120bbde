/**
 * `npm run dev [-- --host=electron|browser] [-- --data DIR]`: the console with hot reload, in either host. The renderer
 * comes from Vite's dev server; a change in main rebuilds and starts the host again, a change in the renderer is swapped
 * in place. The browser host passes the dev server's files on, so that the bridge keeps its own origin and its guards.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { chooseHost } from './choose-host.mjs'

const root = join(import.meta.dirname, '..')
const words = process.argv.slice(2)
const { platform, env: environment } = process
const choice = chooseHost(words, { root, platform, environment, uid: process.getuid?.() })
if (!choice.ok) {
  console.error(choice.problem)
  process.exit(1)
}
console.log(
  `Latchkey in ${choice.host === 'electron' ? 'its own window' : 'the browser'}, with hot reload: ${choice.reason}.`,
)

// electron-vite starts this in place of Electron: with plain Node as the program, its first word is what Node runs.
const inBrowser = { ELECTRON_EXEC_PATH: process.execPath, ELECTRON_ENTRY: join(root, 'out', 'main', 'serve.js') }
const inElectron = choice.host === 'electron' ? { ELECTRON_EXEC_PATH: choice.program } : {}
const child = spawn(
  process.execPath,
  [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch', '--', ...words],
  { cwd: root, stdio: 'inherit', env: { ...environment, ...(choice.host === 'browser' ? inBrowser : inElectron) } },
)
// The terminal sends Ctrl+C to all of them; this one stays to hand the code on.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
})
