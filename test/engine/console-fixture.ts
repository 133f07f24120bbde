/** A real main process over a temporary data folder, asked through the same router as a renderer. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Refusal, RefusalError } from '../../shared/domain/outcome.ts'
import { bridgeRouter } from '../../shared/protocol/bridge.ts'
import { type MainProcess, type MainProcessOptions, startMainProcess } from '../../src-main/main-process.ts'

export type Caller = ReturnType<typeof bridgeRouter.createCaller>

export interface TestConsole {
  readonly dataDirectory: string
  readonly caller: Caller
  readonly main: MainProcess
  /** Another renderer at the same console. */
  secondCaller(): Caller
  /** Stops the program and starts it again on the same folder. */
  restart(options?: Partial<MainProcessOptions>): Promise<void>
  close(): Promise<void>
}

export async function openTestConsole(options: Partial<MainProcessOptions> = {}): Promise<TestConsole> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'latchkey-engine-'))
  const start = (more: Partial<MainProcessOptions>) =>
    startMainProcess({ dataDirectory, host: 'browser', version: '0.0.0', ...more })
  let main = await start(options)
  const callerOf = () => bridgeRouter.createCaller(main.openSession().context)
  let caller = callerOf()
  return {
    dataDirectory,
    get caller() {
      return caller
    },
    get main() {
      return main
    },
    secondCaller: callerOf,
    async restart(more = {}) {
      await main.close()
      const { sample: _sample, ...again } = options
      main = await start({ ...again, ...more })
      caller = callerOf()
    },
    async close() {
      await main.close()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

export const passphrase = 'correct horse battery staple'
export const founding = {
  workspaceName: 'Bluebird',
  memberName: 'Dana Whitfield',
  memberEmail: 'dana@bluebird.example',
}

/** The refusal that a call ended with; fails where it did not refuse. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call
  } catch (error) {
    const { cause } = error as { cause?: unknown }
    if (cause instanceof RefusalError) return cause.refusal
    throw error
  }
  throw new Error('The call was accepted.')
}
