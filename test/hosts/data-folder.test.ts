import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { askToShow, listenForSecondStart } from '../../src-main/data-folder/control.ts'
import { openDataFolder } from '../../src-main/data-folder/folder.ts'
import { lockDataFolder } from '../../src-main/data-folder/lock.ts'
import { usualDataDirectory } from '../../src-main/data-folder/paths.ts'
import { describeHolder, takeDataFolder } from '../../src-main/data-folder/take.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-folder-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const self = { pid: process.pid, startedAt: '2026-11-22T10:00:00.000Z', host: 'browser' } as const

describe('the usual place', () => {
  it.each([
    ['linux', {}, '/home/ada/.local/share/latchkey'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/latchkey'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/latchkey'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/latchkey'],
    ['darwin', {}, '/home/ada/Library/Application Support/Latchkey'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/Latchkey'],
  ] as const)('%s %o: %s', (platform, environment, path) => {
    expect(usualDataDirectory({ platform, environment, home: '/home/ada' })).toBe(path)
  })
})

describe('the folder', () => {
  it('is made for its owner only, and closed where it was open', () => {
    const path = join(folder(), 'new', 'deep')
    openDataFolder(path)
    expect(modeOf(path)).toBe('700')
    chmodSync(path, 0o755)
    openDataFolder(path)
    expect(modeOf(path)).toBe('700')
  })
  it('that is a file is named', () => {
    const path = join(folder(), 'file')
    writeFileSync(path, '')
    expect(() => openDataFolder(path)).toThrow(path)
  })
})

/** A program that takes the lock and says so, then waits. */
const holding = (directory: string) => `
  import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, '../../src-main/data-folder/lock.ts'))}
  const attempt = lockDataFolder(${JSON.stringify(directory)}, { pid: process.pid, startedAt: 'then', host: 'electron' })
  console.log(JSON.stringify(attempt.taken ? 'taken' : attempt.holder))
`

describe('the lock', () => {
  it('is one for both hosts, names its holder, and ends with it, even by a kill', async () => {
    const path = folder()
    const child = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `${holding(path)}; setInterval(() => {}, 1000)`,
    ])
    onTestFinished(() => void child.kill('SIGKILL'))
    await new Promise((taken) => child.stdout.once('data', taken))
    expect(lockDataFolder(path, self)).toEqual({
      taken: false,
      holder: { pid: child.pid, startedAt: 'then', host: 'electron' },
    })
    child.kill('SIGKILL')
    await new Promise((ended) => child.once('exit', ended))
    const attempt = lockDataFolder(path, self)
    expect(attempt.taken).toBe(true)
    if (attempt.taken) attempt.lock.release()
  })

  it('is not taken by a note that somebody left, and its files are private', () => {
    const path = folder()
    writeFileSync(join(path, 'holder.json'), JSON.stringify({ ...self, pid: 1 }))
    process.umask(0o077)
    const attempt = lockDataFolder(path, self)
    expect(attempt.taken).toBe(true)
    expect([modeOf(join(path, 'holder.json')), modeOf(join(path, 'lock.sqlite'))]).toEqual(['600', '600'])
    if (attempt.taken) attempt.lock.release()
    expect(existsSync(join(path, 'holder.json'))).toBe(false)
  })

  it('held by another process, this one is told', () => {
    const path = folder()
    const attempt = lockDataFolder(path, self)
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', holding(path)], {
      encoding: 'utf8',
    })
    expect(JSON.parse(stdout)).toEqual(self)
    if (attempt.taken) attempt.lock.release()
  })
})

describe('a second start', () => {
  it('makes the first show itself, and is told what it did', async () => {
    const path = folder()
    const links: (string | undefined)[] = []
    const first = await takeDataFolder(path, 'electron', undefined)
    if (!first.taken) throw new Error('taken')
    await first.folder.announce(async (link) => {
      links.push(link)
      return { shown: 'window' }
    })
    expect(modeOf(join(path, 'holder.json'))).toBe('600')
    const second = await takeDataFolder(path, 'browser', 'latchkey://open/services')
    expect(second).toMatchObject({ taken: false, shown: { shown: 'window' }, holder: { pid: process.pid } })
    expect(links).toEqual(['latchkey://open/services'])
    if (!second.taken) expect(describeHolder(path, second)).toMatch(/already running on .*window is in front/)
    first.folder.release()
    const third = await takeDataFolder(path, 'browser', undefined)
    expect(third.taken).toBe(true)
    if (third.taken) third.folder.release()
  })

  it('says who holds the folder where nobody answers', async () => {
    const path = folder()
    mkdirSync(path, { recursive: true })
    const attempt = lockDataFolder(path, { ...self, control: { port: 1, secret: 'x' } })
    const second = await takeDataFolder(path, 'browser', undefined)
    expect(second).toMatchObject({ taken: false, shown: undefined })
    if (!second.taken) {
      expect(describeHolder(path, second)).toContain(`process ${process.pid}, since 2026-11-22T10:00:00.000Z`)
    }
    if (attempt.taken) attempt.lock.release()
  })

  it('is only answered where it knows the secret', async () => {
    let shows = 0
    const control = await listenForSecondStart(async () => {
      shows += 1
      return { shown: 'window' }
    })
    onTestFinished(() => control.close())
    expect(await askToShow({ ...control, secret: 'guess' }, undefined)).toBeUndefined()
    const http = await new Promise<string>((done) => {
      const socket = connect(control.port, '127.0.0.1', () => {
        socket.write(`POST / HTTP/1.1\r\nHost: x\r\n\r\n{"secret":"${control.secret}"}\n`)
      })
      let text = ''
      socket.on('data', (more) => {
        text += more
      })
      socket.on('error', () => done(text))
      socket.on('close', () => done(text))
    })
    expect([http, shows]).toEqual(['', 0])
    expect(await askToShow(control, undefined)).toEqual({ shown: 'window' })
  })
})

it('the lock file never holds anything', () => {
  const path = folder()
  const attempt = lockDataFolder(path, self)
  if (attempt.taken) attempt.lock.release()
  expect(readFileSync(join(path, 'lock.sqlite'), 'utf8')).toBe('')
})
