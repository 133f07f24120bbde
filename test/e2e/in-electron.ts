import type { Page } from 'playwright-core'
import type { ConsoleOptions, ConsoleRun } from './console.ts'

export function runInElectron(
  _dataDirectory: string,
  _options: ConsoleOptions,
  _watch: (page: Page) => void,
): Promise<ConsoleRun> {
  return Promise.reject(new Error('being built'))
}
