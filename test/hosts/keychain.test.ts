import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

// Only the module's name is needed: the keychain takes what it speaks to as a parameter.
vi.mock('electron', () => ({ safeStorage: {} }))
const { systemKeychain } = await import('../../src-main/shell/keychain.ts')

type Storage = NonNullable<Parameters<typeof systemKeychain>[1]>
const storage = (backend: string, more: Partial<Storage> = {}): Storage => ({
  getSelectedStorageBackend: () => backend as 'kwallet6',
  encryptStringAsync: (plain) => Promise.resolve(Buffer.from(`sealed:${plain}`)),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: sealed.toString().replace('sealed:', ''), shouldReEncrypt: true }),
  ...more,
})

describe('the system keychain', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is none where it would protect nothing', () => {
    expect(systemKeychain('linux', storage('basic_text'))).toBeUndefined()
    expect(systemKeychain('linux', storage('unknown'))).toBeUndefined()
  })

  it('seals and opens bytes, whatever they are', async () => {
    const keychain = systemKeychain('linux', storage('gnome_libsecret'))
    const plain = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const sealed = await keychain?.seal(plain)
    expect(keychain?.backend).toBe('gnome_libsecret')
    expect(Buffer.from((await keychain?.open(sealed ?? plain)) ?? [])).toEqual(Buffer.from(plain))
  })

  it('asks nothing before it is used, and names itself on other systems', () => {
    const asked = vi.fn()
    const silent = storage('unknown', { getSelectedStorageBackend: asked, encryptStringAsync: asked })
    expect(systemKeychain('darwin', silent)?.backend).toBe('keychain')
    expect(systemKeychain('win32', silent)?.backend).toBe('dpapi')
    expect(asked).not.toHaveBeenCalled()
  })

  it('gives up on one that never answers', async () => {
    const keychain = systemKeychain('linux', storage('kwallet6', { encryptStringAsync: () => new Promise(() => {}) }))
    const sealing = expect(keychain?.seal(Uint8Array.of(1))).rejects.toThrow('does not answer')
    await vi.advanceTimersByTimeAsync(30_000)
    await sealing
  })
})
