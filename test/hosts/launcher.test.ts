import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildIsStale } from '../../scripts/build-age.mjs'
import { chooseHost } from '../../scripts/choose-host.mjs'
import { browserCommand } from '../../src-main/bridge/browser/open-browser.ts'

function project(files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-project-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), file.endsWith('path.txt') ? 'electron' : '')
  }
  return root
}

const withElectron = ['node_modules/electron/path.txt', 'node_modules/electron/dist/electron']
const person = { platform: 'linux', environment: { DISPLAY: ':0' }, uid: 1000 }

describe('the host', () => {
  it.each([
    ['Electron where its runtime is', withElectron, person, { host: 'electron' }],
    ['the browser where its package is only named', ['node_modules/electron/path.txt'], person, { host: 'browser' }],
    ['the browser where it is not installed', [], person, { host: 'browser' }],
    ['the browser without a display', withElectron, { ...person, environment: {} }, { host: 'browser' }],
    ['the browser for root', withElectron, { ...person, uid: 0 }, { host: 'browser' }],
    [
      'Electron on macOS without DISPLAY',
      withElectron,
      { platform: 'darwin', environment: {}, uid: 501 },
      { host: 'electron' },
    ],
  ])('%s', (_name, files, machine, choice) => {
    const chosen = chooseHost([], { root: project(files), ...machine })
    expect(chosen).toMatchObject({ ok: true, reason: expect.any(String), ...choice })
  })
  it('is what was asked for, or the reason why not', () => {
    const root = project([])
    expect(chooseHost(['--host=browser'], { root, ...person })).toMatchObject({ ok: true, host: 'browser' })
    expect(chooseHost(['--host', 'browser'], { root, ...person })).toMatchObject({ ok: true, host: 'browser' })
    expect(chooseHost(['--host=electron'], { root, ...person })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('runtime is not installed'),
    })
    expect(chooseHost(['--host=else'], { root, ...person })).toMatchObject({ ok: false })
  })
  it('finds a runtime that is kept elsewhere', () => {
    const elsewhere = project(['electron'])
    const environment = { ...person.environment, ELECTRON_OVERRIDE_DIST_PATH: elsewhere }
    expect(chooseHost([], { root: project([]), ...person, environment })).toMatchObject({
      host: 'electron',
      program: join(elsewhere, 'electron'),
    })
  })
})

describe('the build', () => {
  const sources = ['src-main/a.ts', 'src-renderer/b.tsx', 'shared/c.ts', 'package.json']
  const outputs = ['out/main/electron.js', 'out/main/serve.js', 'out/preload/preload.cjs', 'out/renderer/index.html']
  const touch = (root: string, file: string, seconds: number) => utimesSync(join(root, file), seconds, seconds)
  function built(): string {
    const root = project([...sources, ...outputs])
    for (const file of [...sources, 'src-main', 'src-renderer', 'shared']) touch(root, file, 1_000)
    for (const file of outputs) touch(root, file, 2_000)
    return root
  }

  it('is fresh where everything is newer than its sources', () => expect(buildIsStale(built())).toBe(false))
  it.each(outputs)('is stale without %s', (file) => {
    const root = built()
    rmSync(join(root, file))
    expect(buildIsStale(root)).toBe(true)
  })
  it.each(sources)('is stale where %s is newer', (file) => {
    const root = built()
    touch(root, file, 3_000)
    expect(buildIsStale(root)).toBe(true)
  })
  it('is stale where a source was removed, fresh where there are none at all', () => {
    const root = built()
    rmSync(join(root, 'shared/c.ts'))
    expect(buildIsStale(root)).toBe(true)
    const installed = project([])
    cpSync(join(root, 'out'), join(installed, 'out'), { recursive: true })
    expect(buildIsStale(installed)).toBe(false)
  })
})

describe('the browser', () => {
  const has =
    (...programs: string[]) =>
    (program: string) =>
      programs.includes(program)
  it.each([
    ['linux', { DISPLAY: ':0' }, has('xdg-open'), { program: 'xdg-open' }],
    ['linux', { WAYLAND_DISPLAY: 'w' }, has('gio'), { program: 'gio', words: ['open'] }],
    ['linux', {}, has('xdg-open'), { reason: 'there is no display' }],
    ['linux', { DISPLAY: ':0' }, has(), { reason: 'xdg-open is not installed' }],
    ['linux', { DISPLAY: ':0', SSH_CONNECTION: 'x' }, has('xdg-open'), { reason: 'this is a remote shell' }],
    ['darwin', {}, has(), { program: 'open' }],
    ['darwin', { CI: '1' }, has(), { reason: 'nobody is watching (CI)' }],
    ['win32', {}, has(), { program: 'explorer.exe' }],
  ] as const)('%s %o', (platform, environment, which, command) => {
    expect(browserCommand({ platform, environment, has: which })).toMatchObject(command)
  })
})
