/**
 * Secrets in a file, under a passphrase given for this file alone: scrypt (N=2^17, r=8, p=1) makes the key, AES-256-GCM
 * seals each secret for its own place, so that a value that was moved or edited does not open (docs/import-export.md).
 */
import { randomBytes } from 'node:crypto'
import { Secret } from '../../../shared/domain/secret.ts'
import type { TransferEncryption } from '../../../shared/domain/transfer-schema.ts'
import { openBytes, passphraseKey, scryptCost, sealBytes, WrongKeyError } from '../../store/vault.ts'

const checkText = 'latchkey'

function aadOf(place: string): string {
  return `latchkey-export/1/${place}`
}

export interface FileCipher {
  readonly encryption: TransferEncryption
  seal(secret: Secret, place: string): string
  /** Undefined where it was sealed for another place, or edited. */
  open(sealed: string, place: string): Secret | undefined
  /** Forgets the key. */
  close(): void
}

function cipherOf(key: Buffer, encryption: TransferEncryption): FileCipher {
  return {
    encryption,
    seal: (secret, place) => sealBytes(key, Buffer.from(secret.reveal(), 'utf8'), aadOf(place)),
    open(sealed, place) {
      try {
        return new Secret(openBytes(key, sealed, aadOf(place)).toString('utf8'))
      } catch (error) {
        if (error instanceof WrongKeyError) return undefined
        throw error
      }
    },
    close: () => void key.fill(0),
  }
}

/** For a new file. */
export async function createFileCipher(passphrase: Secret): Promise<FileCipher> {
  const salt = randomBytes(16)
  const key = await passphraseKey(passphrase, salt, scryptCost)
  return cipherOf(key, {
    cipher: 'aes-256-gcm',
    kdf: 'scrypt',
    n: 131_072,
    r: 8,
    p: 1,
    salt: salt.toString('base64'),
    check: sealBytes(key, Buffer.from(checkText), aadOf('check')),
  })
}

/** For a file that is there; undefined where the passphrase is not the one. */
export async function openFileCipher(
  passphrase: Secret,
  encryption: TransferEncryption,
): Promise<FileCipher | undefined> {
  const key = await passphraseKey(passphrase, Buffer.from(encryption.salt, 'base64'), scryptCost)
  const cipher = cipherOf(key, encryption)
  if (cipher.open(encryption.check, 'check')?.reveal() === checkText) return cipher
  cipher.close()
  return undefined
}
