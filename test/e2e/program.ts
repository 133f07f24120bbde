import type { ChildProcess } from 'node:child_process'

export interface FollowedProgram {
  /** Everything printed so far, both streams in the order of arrival. */
  readonly output: () => string
  /** The first match in what the program prints; rejects with the whole output where it ends before. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Sends a signal and waits for the end: the exit code, or null where the signal ended it. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>
  readonly ended: Promise<number | null>
}

/** Follows a started program's output and end. Its streams are pipes. */
export function followProgram(child: ChildProcess): FollowedProgram {
  let text = ''
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8')
    stream?.on('data', (more: string) => {
      text += more
      changed()
    })
  }
  let over = false
  const ended = new Promise<number | null>((done) => {
    // `close` comes after the streams ended, so that the output is whole.
    child.once('close', (code) => {
      over = true
      changed()
      done(code)
    })
  })
  return {
    output: () => text,
    ended,
    printed: (pattern) =>
      new Promise((found, failed) => {
        const look = () => {
          const match = pattern.exec(text)
          if (!match && !over) return
          listeners.delete(look)
          if (match) found(match)
          else failed(new Error(`The program ended without printing ${pattern}:\n${text}`))
        }
        listeners.add(look)
        look()
      }),
    stop(signal) {
      if (!over) child.kill(signal)
      return ended
    },
  }
}
