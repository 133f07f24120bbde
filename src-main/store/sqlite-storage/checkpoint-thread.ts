/**
 * Copies a database's journal into the database in a thread of its own. A checkpoint writes megabytes and waits for
 * the disk: on the main thread that would be the longest block of all. One thread serves all files of the process;
 * it starts with the first checkpoint and does not keep the process alive.
 */
import { Worker } from 'node:worker_threads'

/** Given as text, so that no bundler has to find a file. The connection lasts for one checkpoint only. */
const SCRIPT = `
  const { parentPort } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  parentPort.on('message', ({ number, file }) => {
    let problem
    try {
      const database = new DatabaseSync(file)
      try {
        database.prepare('PRAGMA wal_checkpoint(PASSIVE)').all()
      } finally {
        database.close()
      }
    } catch (error) {
      problem = String(error)
    }
    parentPort.postMessage({ number, problem })
  })`

let thread: Worker | undefined
let requests = 0
const waiting = new Map<number, () => void>()

/**
 * Resolves when the checkpoint is over, done or not: a checkpoint that fails loses nothing, the journal just stays
 * longer, and SQLite makes one itself when the journal is long.
 */
export function checkpointInThread(file: string): Promise<void> {
  thread ??= start()
  const number = ++requests
  return new Promise((resolve) => {
    waiting.set(number, resolve)
    thread?.postMessage({ number, file })
  })
}

function start(): Worker {
  const worker = new Worker(SCRIPT, { eval: true, name: 'store-checkpoint' })
  worker.unref()
  worker.on('message', ({ number }: { number: number }) => {
    waiting.get(number)?.()
    waiting.delete(number)
  })
  const lost = (): void => {
    if (thread === worker) thread = undefined
    for (const resolve of waiting.values()) resolve()
    waiting.clear()
  }
  worker.on('error', lost)
  worker.on('exit', lost)
  return worker
}
