import { digestOf, mintSecretText } from './secret-text.ts'

/** How long a launch secret lives, in ms: handed to a browser that is starting, or printed for a person to copy. */
export const launchLifetimes = Object.freeze({ handedOver: 60_000, printed: 600_000 })

export interface LaunchSecrets {
  /** A new secret for one tab, good once and for `lifetime` ms. */
  mint(lifetime: number): string
  /** Uses a secret up: true once, before its time is over; false ever after. */
  redeem(secret: string): boolean
}

/** The secrets that turn an address into a session. Only their digests are kept. @param now ms, any steady origin */
export function createLaunchSecrets(now: () => number): LaunchSecrets {
  const expiryByDigest = new Map<string, number>()
  return {
    mint(lifetime) {
      for (const [digest, expiry] of expiryByDigest) if (expiry <= now()) expiryByDigest.delete(digest)
      const secret = mintSecretText()
      expiryByDigest.set(digestOf(secret), now() + lifetime)
      return secret
    },
    redeem(secret) {
      const digest = digestOf(secret)
      const expiry = expiryByDigest.get(digest)
      expiryByDigest.delete(digest)
      return expiry !== undefined && now() < expiry
    },
  }
}
