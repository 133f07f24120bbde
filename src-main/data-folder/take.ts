import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { askToShow, listenForSecondStart, type Shown } from './control.ts'
import { openDataFolder } from './folder.ts'
import { type FolderLock, type Holder, lockDataFolder, readHolder } from './lock.ts'

export interface TakenFolder {
  /** From now on second starts are told to come here: `show` brings the console in front of the person. */
  announce(show: (link: string | undefined) => Promise<Shown>): Promise<void>
  release(): void
}

export type TakeAttempt =
  | { readonly taken: true; readonly folder: TakenFolder }
  /** Somebody else has it. `shown` is what they did when asked to show themselves, undefined where they are silent. */
  | { readonly taken: false; readonly holder: Holder | undefined; readonly shown: Shown | undefined }

/**
 * Opens the data folder for this process alone; where another console has it, asks that one to show itself.
 * @param link a deep link this start was given, handed on to the holder
 */
export async function takeDataFolder(
  directory: string,
  host: Holder['host'],
  link: string | undefined,
): Promise<TakeAttempt> {
  openDataFolder(directory)
  const self: Holder = { pid: process.pid, startedAt: new Date().toISOString(), host }
  const attempt = lockDataFolder(directory, self)
  if (!attempt.taken) return showHolder(directory, attempt.holder, link)
  return { taken: true, folder: takenFolder(attempt.lock, self) }
}

function takenFolder(lock: FolderLock, self: Holder): TakenFolder {
  let close = () => {}
  return {
    async announce(show) {
      const control = await listenForSecondStart(show)
      close = control.close
      lock.describe({ ...self, control: { port: control.port, secret: control.secret } })
    },
    release() {
      close()
      lock.release()
    },
  }
}

async function showHolder(
  directory: string,
  first: Holder | undefined,
  link: string | undefined,
): Promise<TakeAttempt> {
  let holder = first
  // Two starts at the same moment: the other one is still opening its store and announces itself shortly.
  for (let attempt = 0; attempt < 25 && !holder?.control; attempt += 1) {
    await wait(100)
    holder = readHolder(join(directory, 'holder.json'))
  }
  const shown = holder?.control ? await askToShow(holder.control, link) : undefined
  return { taken: false, holder, shown }
}

/** What to tell the person whose start found the folder taken. One or two lines, for a terminal or a dialog. */
export function describeHolder(directory: string, { holder, shown }: Extract<TakeAttempt, { taken: false }>): string {
  const who = holder ? `process ${holder.pid}, since ${holder.startedAt}` : 'another process'
  const first = `Latchkey is already running on ${directory} (${who}).`
  if (shown?.shown === 'window') return `${first} Its window is in front now.`
  if (shown?.shown === 'browser') return `${first} It opened a new tab in the browser.`
  if (shown?.shown === 'address') return `${first} Open it (once, within 10 minutes):\n${shown.address}`
  return `${first} It does not answer: end that process, or start with --data and another folder.`
}
