/**
 * The vault of a workspace: one 256-bit key that seals the secrets that people may look up again.
 * The key is never stored bare (but for sample data): a passphrase (scrypt N=2^17, r=8, p=1) or the system's keychain
 * wraps it, and always also a recovery code of 160 random bits, shown once (spec/sync.md).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from 'node:crypto'
import * as z from 'zod'
import { Secret } from '../../shared/domain/secret.ts'
import { readJson, writePrivateJson } from './private-file.ts'

/** What the vault needs of a system keychain. */
export interface KeySealer {
  readonly backend: string
  seal(plain: Uint8Array): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<Uint8Array>
}

const wrapSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('passphrase'),
    salt: z.string(),
    n: z.int().max(2 ** 20),
    r: z.int().max(32),
    p: z.int().max(16),
    wrapped: z.string(),
  }),
  z.strictObject({ kind: z.literal('recovery'), salt: z.string(), wrapped: z.string() }),
  z.strictObject({ kind: z.literal('keychain'), backend: z.string(), wrapped: z.string() }),
  // Sample data only: there is no real secret in it.
  z.strictObject({ kind: z.literal('none'), key: z.string() }),
])
type Wrap = z.infer<typeof wrapSchema>

const vaultFileSchema = z.strictObject({
  version: z.literal(1),
  workspace: z.string(),
  wraps: z.array(wrapSchema).min(1),
})
type VaultFile = z.infer<typeof vaultFileSchema>

/** Given for a wrong passphrase, a wrong recovery code, or a sealed copy that was moved or edited. */
export class WrongKeyError extends Error {
  constructor() {
    super('The key does not open this.')
    this.name = 'WrongKeyError'
  }
}

export const scryptCost = { n: 2 ** 17, r: 8, p: 1 }

export function passphraseKey(passphrase: Secret, salt: Buffer, { n, r, p }: typeof scryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same words typed on another keyboard may arrive composed differently.
    const text = passphrase.reveal().normalize('NFKC')
    // scrypt needs 128·N·r bytes; Node's default limit is 32 MiB.
    scrypt(text, salt, 32, { N: n, r, p, maxmem: 256 * n * r }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** 160 bits are beyond guessing, so a fast derivation is enough. */
function recoveryKey(code: Secret, salt: Buffer): Buffer {
  const bare = code
    .reveal()
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return Buffer.from(hkdfSync('sha256', bare, salt, 'latchkey recovery code', 32))
}

/** nonce (12) · cipher text · tag (16), base64. */
export function sealBytes(key: Uint8Array, plain: Uint8Array, aad: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(aad, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

export function openBytes(key: Uint8Array, sealed: string, aad: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(aad, 'utf8'))
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  } catch {
    throw new WrongKeyError()
  }
}

/** Crockford base 32 of 160 bits in eight groups of four: no letter that looks like a digit. */
function makeRecoveryCode(): Secret {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const characters = Array.from(randomBytes(32), (byte) => alphabet[byte % 32])
  const groups = Array.from({ length: 8 }, (_, group) => characters.slice(group * 4, group * 4 + 4).join(''))
  return new Secret(groups.join('-'))
}

function wrapAad(workspace: string, kind: Wrap['kind']): string {
  return `vault/${workspace}/${kind}`
}

/** What guards a new vault. */
export type VaultGuard =
  | { readonly kind: 'passphrase'; readonly passphrase: Secret }
  | { readonly kind: 'keychain'; readonly keychain: KeySealer }
  | { readonly kind: 'none' }

/** An open vault: seals and opens as long as the workspace is unlocked. */
export interface Vault {
  /** Seals a text for one place: `aad` names collection, document and slot. */
  seal(secret: Secret, aad: string): string
  /** Opens a sealed copy. Throws `WrongKeyError` where it was sealed for another place or edited. */
  open(sealed: string, aad: string): Secret
  /** Forgets the key. */
  close(): void
}

function vaultOf(key: Buffer): Vault {
  return {
    seal: (secret, aad) => sealBytes(key, Buffer.from(secret.reveal(), 'utf8'), aad),
    open: (sealed, aad) => new Secret(openBytes(key, sealed, aad).toString('utf8')),
    close: () => void key.fill(0),
  }
}

/** Makes a vault's file and opens it. The recovery code is returned once and kept nowhere; sample data has none. */
export async function createVault(
  path: string,
  workspace: string,
  guard: VaultGuard,
): Promise<{ vault: Vault; recoveryCode: Secret | undefined }> {
  const key = randomBytes(32)
  if (guard.kind === 'none') {
    writeVault(path, { version: 1, workspace, wraps: [{ kind: 'none', key: key.toString('base64') }] })
    return { vault: vaultOf(key), recoveryCode: undefined }
  }
  const recoveryCode = makeRecoveryCode()
  const recoverySalt = randomBytes(16)
  const recovery: Wrap = {
    kind: 'recovery',
    salt: recoverySalt.toString('base64'),
    wrapped: sealBytes(recoveryKey(recoveryCode, recoverySalt), key, wrapAad(workspace, 'recovery')),
  }
  writeVault(path, { version: 1, workspace, wraps: [await wrapKey(key, workspace, guard), recovery] })
  return { vault: vaultOf(key), recoveryCode }
}

async function wrapKey(key: Buffer, workspace: string, guard: Exclude<VaultGuard, { kind: 'none' }>): Promise<Wrap> {
  if (guard.kind === 'keychain') {
    const wrapped = Buffer.from(await guard.keychain.seal(key)).toString('base64')
    return { kind: 'keychain', backend: guard.keychain.backend, wrapped }
  }
  const salt = randomBytes(16)
  const wrapping = await passphraseKey(guard.passphrase, salt, scryptCost)
  return {
    kind: 'passphrase',
    salt: salt.toString('base64'),
    ...scryptCost,
    wrapped: sealBytes(wrapping, key, wrapAad(workspace, 'passphrase')),
  }
}

function writeVault(path: string, file: VaultFile): void {
  writePrivateJson(path, file)
}

/** Opens without asking anybody: through the keychain, or sample data. Undefined where a passphrase is needed. */
export async function openVaultQuietly(path: string, keychain: KeySealer | undefined): Promise<Vault | undefined> {
  for (const wrap of readVault(path).wraps) {
    if (wrap.kind === 'none') return vaultOf(Buffer.from(wrap.key, 'base64'))
    if (wrap.kind === 'keychain' && keychain !== undefined) {
      try {
        return vaultOf(Buffer.from(await keychain.open(Buffer.from(wrap.wrapped, 'base64'))))
      } catch {
        // Sealed on another machine, or the keychain was reset: the recovery code still opens the vault.
        return undefined
      }
    }
  }
  return undefined
}

/** Opens with what a person gave. Throws `WrongKeyError`. */
export async function unlockVault(
  path: string,
  given: { readonly passphrase: Secret } | { readonly recoveryCode: Secret },
): Promise<Vault> {
  const file = readVault(path)
  for (const wrap of file.wraps) {
    if (wrap.kind === 'passphrase' && 'passphrase' in given) {
      const wrapping = await passphraseKey(given.passphrase, Buffer.from(wrap.salt, 'base64'), wrap)
      return vaultOf(openBytes(wrapping, wrap.wrapped, wrapAad(file.workspace, 'passphrase')))
    }
    if (wrap.kind === 'recovery' && 'recoveryCode' in given) {
      const wrapping = recoveryKey(given.recoveryCode, Buffer.from(wrap.salt, 'base64'))
      return vaultOf(openBytes(wrapping, wrap.wrapped, wrapAad(file.workspace, 'recovery')))
    }
  }
  throw new WrongKeyError()
}

function readVault(path: string): VaultFile {
  return vaultFileSchema.parse(readJson(path))
}
