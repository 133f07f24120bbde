import { digestOf, mintSecretText } from './secret-text.ts'

/** A session without a connection ends after this long, in ms: a reload or a short sleep keeps it, a closed tab does not. */
export const sessionIdleMs = 30 * 60_000

/** A tab has one connection, a moment longer two (reload), and a duplicated tab shares its session. */
const connectionsPerSession = 4

interface TabSession {
  connections: number
  /** Time of the last connection's end, or of the session's start. */
  idleSince: number
}

export interface TabSessions {
  /** A new session's secret, for the tab that redeemed a launch secret. */
  start(): string
  /** Takes part in a session with one more connection; undefined when there is no such session, or it has too many. */
  join(secret: string): { leave(): void } | undefined
}

/**
 * The sessions of this process: they end with it, because nothing of them is written down. Only digests are kept.
 * @param now ms, any steady origin
 */
export function createTabSessions(now: () => number, idleMs: number = sessionIdleMs): TabSessions {
  const sessions = new Map<string, TabSession>()

  function forgetIdle(): void {
    for (const [digest, session] of sessions) {
      if (session.connections === 0 && now() - session.idleSince >= idleMs) sessions.delete(digest)
    }
  }

  return {
    start() {
      forgetIdle()
      const secret = mintSecretText()
      sessions.set(digestOf(secret), { connections: 0, idleSince: now() })
      return secret
    },
    join(secret) {
      forgetIdle()
      const session = sessions.get(digestOf(secret))
      if (!session || session.connections >= connectionsPerSession) return undefined
      session.connections += 1
      let left = false
      return {
        leave() {
          if (left) return
          left = true
          session.connections -= 1
          session.idleSince = now()
        },
      }
    },
  }
}
