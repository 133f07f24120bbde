/**
 * Runs the built desktop shell on the stand-in: `node run.ts ROOT [WORD …]`, as `electron ROOT [WORD …]` would on Electron.
 * Whatever imports `electron` gets the stand-in; nothing else of the program is touched.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listenToTest } from './control.ts'

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const [executable = '', , folder = '.', ...words] = process.argv
const root = resolve(folder)
process.argv = [executable, root, ...words]
listenToTest()
const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
await import(pathToFileURL(join(root, main)).href)
