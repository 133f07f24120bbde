import { existsSync, readFileSync, rmSync, unwatchFile, watchFile, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Calls back in the first instance with the second one's words, folder and additional data. */
export type SecondInstance = (words: string[], folder: string, data: unknown) => void

/**
 * Electron's single-instance lock for one profile, as far as its two ends can see: the first gets true, the second false
 * and hands its words over. A note in the profile folder stands in for Chromium's own lock.
 */
export function takeSingleInstance(profile: string, given: unknown, onSecond: SecondInstance): boolean {
  const holder = join(profile, 'stand-in-instance')
  const letter = join(profile, 'stand-in-second')
  if (existsSync(holder) && isAlive(Number(readFileSync(holder, 'utf8')))) {
    writeFileSync(letter, JSON.stringify({ words: process.argv, folder: process.cwd(), data: given ?? null }))
    return false
  }
  writeFileSync(holder, String(process.pid))
  watchFile(letter, { interval: 50 }, () => {
    if (!existsSync(letter)) return
    const { words, folder, data } = JSON.parse(readFileSync(letter, 'utf8')) as {
      words: string[]
      folder: string
      data: unknown
    }
    rmSync(letter)
    onSecond(words, folder, data)
  }).unref()
  process.once('exit', () => {
    unwatchFile(letter)
    rmSync(holder, { force: true })
  })
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
