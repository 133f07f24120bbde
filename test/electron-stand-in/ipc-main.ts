import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

const emitter = new EventEmitter()
const handlers = new Map<string, unknown>()

/** A message that came from a renderer, already cloned. */
export function deliver(channel: string, event: unknown, values: readonly unknown[]): void {
  emitter.emit(channel, event, ...values)
}

const members = {
  on(channel, listener) {
    emitter.on(channel, listener)
    return ipcMain
  },
  handle(channel, listener) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, listener)
  },
} satisfies Partial<Electron.IpcMain>

export const ipcMain = strict('ipcMain', members) as unknown as Electron.IpcMain
