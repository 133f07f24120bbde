/**
 * `npm start`: builds the console where it is not built, chooses the host by looking at files only, says which and why
 * in one line, and starts it. Plain JavaScript for Node 20.19 on, because it is the first thing a machine runs.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIsStale } from './build-age.mjs'
import { chooseHost } from './choose-host.mjs'

const root = join(import.meta.dirname, '..')
const words = process.argv.slice(2)

/** The Node that runs the console: the one from the registry that is pinned with it, else this one where it is new enough. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  return existsSync(pinned) ? pinned : undefined
}

/** Starts a program in our place: its output is ours, its end is ours, our signals are its signals. */
function become(program, args) {
  // A .cmd shim is a script for a shell; its arguments are ours, no person's text is among them but after the program.
  const child = spawn(program, args, { stdio: 'inherit', shell: program.endsWith('.cmd') })
  // The terminal sends Ctrl+C to the child by itself; this process must only outlive it, to hand its code on.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`${program} cannot be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
  return child
}

/** Runs the build; its report is noise to someone who wants to start, unless it fails. */
function build() {
  console.log('Building the console, as its sources are newer than what is built …')
  const program = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const result = spawnSync(process.execPath, [program, 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' })
  if (result.status === 0) return true
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  console.error('The console cannot be built; the reason is above.')
  return false
}

async function start() {
  if (process.argv[1] && !existsSync(join(root, 'node_modules'))) {
    console.error('The packages are not installed: run npm ci first.')
    return 1
  }
  const node = findNode()
  if (!node) {
    console.error(
      `Latchkey needs Node 24, this is ${process.versions.node}, and none came with the packages for ` +
        `${process.platform}-${process.arch}: install Node 24 or newer.`,
    )
    return 1
  }
  if (node !== process.execPath) {
    become(node, [import.meta.filename, ...words])
    return undefined
  }
  const choice = chooseHost(words, {
    root,
    platform: process.platform,
    environment: process.env,
    uid: process.getuid?.(),
  })
  if (!choice.ok) {
    console.error(choice.problem)
    return 1
  }
  if (buildIsStale(root) && !build()) return 1
  console.log(`Latchkey in ${choice.host === 'electron' ? 'its own window' : 'the browser'}: ${choice.reason}.`)
  if (choice.host === 'electron') {
    const child = become(choice.program, [root, ...words])
    child.on('exit', (code) => {
      if (code) console.error('The window ended with an error. To use the browser instead: npm start -- --host=browser')
    })
    return undefined
  }
  // In this very process: starting another one would cost more than everything above.
  process.argv = [process.argv[0], join(root, 'out', 'main', 'serve.js'), ...words]
  await import(pathToFileURL(process.argv[1]).href)
  return undefined
}

const code = await start()
if (code !== undefined) process.exitCode = code
