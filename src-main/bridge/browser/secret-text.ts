import { createHash, randomBytes } from 'node:crypto'

/** A fresh secret of 32 random bytes as base64url: 43 characters that fit an address and a header. */
export function mintSecretText(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What is kept of a secret. Looking it up by digest leaks nothing by timing: who can steer the digest's bytes towards a
 * stored one already knows the secret.
 */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
