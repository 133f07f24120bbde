import type { BridgeContext } from '../shared/protocol/bridge.ts'
import type { MainProcess } from './main-process.ts'

/** Stands in until the main process exists: every procedure fails. Goes with the first real one. */
export async function startMainProcess(): Promise<MainProcess> {
  const session = new Proxy({}, { get: () => () => Promise.reject(new Error('not built yet')) })
  return {
    openSession: () => ({ context: { session } as unknown as BridgeContext, close() {} }),
    close: () => Promise.resolve(),
  }
}
