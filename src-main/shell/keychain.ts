import { type SafeStorage, safeStorage } from 'electron'
import type { Keychain } from '../main-process.ts'

/** A locked keyring may wait for a person who is not there, or never answer. In ms. */
const answerWithinMs = 20_000

/** Linux backends that protect nothing: a fixed password, or none chosen. */
const unprotected: readonly string[] = ['basic_text', 'unknown']

type AsyncStorage = Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>

/**
 * The system's keychain, or undefined where what the system has would protect nothing: then a passphrase does. Asks
 * nothing of it yet, as the first question may take as long as a person takes to unlock it. Call once the program is
 * ready. What it seals opens on this machine only.
 */
export function systemKeychain(platform: NodeJS.Platform, storage: AsyncStorage = safeStorage): Keychain | undefined {
  const backend = backendName(platform, storage)
  if (unprotected.includes(backend)) return undefined
  return {
    backend,
    async seal(plain) {
      return within(storage.encryptStringAsync(Buffer.from(plain).toString('base64')))
    },
    async open(sealed) {
      // `shouldReEncrypt` says that the system has a newer key; the old one still opens, and the next seal uses the new.
      const { result } = await within(storage.decryptStringAsync(Buffer.from(sealed)))
      return Buffer.from(result, 'base64')
    },
  }
}

function backendName(platform: NodeJS.Platform, storage: AsyncStorage): string {
  if (platform === 'darwin') return 'keychain'
  if (platform === 'win32') return 'dpapi'
  return storage.getSelectedStorageBackend()
}

/** The answer, or an error once it has been waited for long enough. */
function within<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The system keychain does not answer')), answerWithinMs)
    answer.then(resolve, reject).finally(() => clearTimeout(late))
  })
}
