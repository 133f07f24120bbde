/** Looking after a file: online backup, restore, sizes. */
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { StoreError } from './errors.ts'
import { checkHeader } from './file-header.ts'
import { lockFile } from './file-lock.ts'
import type { StoreSettings } from './settings.ts'
import type { StoreFile } from './store-file.ts'

export type StoreSize = {
  /** Bytes on disk: the database, and the journal that is not yet part of it. */
  readonly fileBytes: number
  readonly journalBytes: number
  /** Bytes within the database that hold nothing. */
  readonly freeBytes: number
  readonly attachmentBytes: number
  readonly collections: readonly {
    readonly name: string
    readonly version: number
    readonly living: number
    readonly deleted: number
  }[]
}

/**
 * Copies an open store to another file, which becomes the target only once it is whole; an older target is replaced.
 * Operations of this store wait meanwhile, so that the copy holds whole transactions; the event loop goes on.
 */
export function backupFile(file: StoreFile, target: string): Promise<void> {
  const unfinished = `${target}.part`
  return file.scheduler.run('write', function* () {
    rmSync(unfinished, { force: true })
    yield file.backup(unfinished)
    chmodSync(unfinished, 0o600)
    renameSync(unfinished, target)
  })
}

/**
 * Puts a backup in the place of a store that is not open. What was there is moved aside, never deleted.
 * Returns where to, or nothing where there was no file. Refuses a source that is not a store, is newer than this
 * program, or is damaged: then nothing was changed.
 */
export function restoreFile(path: string, source: string, settings: StoreSettings): string | undefined {
  if (checkHeader(source) === 'missing') {
    throw new StoreError('not_a_store', `${source} is missing or empty. Choose a backup of this store.`, {
      file: source,
    })
  }
  const unfinished = `${path}.restoring`
  const lock = lockFile(path, settings.driver, settings.lockTimeoutMs) // no other process may have it open
  try {
    rmSync(unfinished, { force: true })
    copyFileSync(source, unfinished)
    chmodSync(unfinished, 0o600)
    const connection = settings.driver.open(unfinished)
    try {
      const found = connection
        .prepare('PRAGMA quick_check')
        .all([])
        .map((row) => String(row[0]))
      if (found.join() !== 'ok')
        throw new StoreError('corrupt', `${source} is damaged and was not restored.`, { problems: found })
    } finally {
      connection.close()
    }
    const aside = moveAside(path)
    renameSync(unfinished, path)
    return aside
  } finally {
    rmSync(unfinished, { force: true })
    lock.release()
  }
}

/** Renames a store and its journals to a free name beside it; nothing where there is no such file. */
function moveAside(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  const target = `${path}.replaced-${new Date().toISOString().replaceAll(':', '-')}`
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  }
  return target
}

export function sizeOf(file: StoreFile): Promise<StoreSize> {
  return file.scheduler.run('read', function* () {
    const number = (sql: string): number => Number(file.all(sql)[0]?.[0] ?? 0)
    const collections = file.all('SELECT name, version, name_of_table FROM store_collection ORDER BY number')
    return {
      fileBytes: bytesOf(file.path),
      journalBytes: bytesOf(`${file.path}-wal`),
      freeBytes: number('PRAGMA freelist_count') * number('PRAGMA page_size'),
      attachmentBytes: number('SELECT sum(length(content)) FROM store_attachment'),
      collections: collections.map(([name, version, table]) => {
        const [whole = 0, deleted = 0] = (file.all(
          `SELECT count(*), ifnull(sum(deleted), 0) FROM "${String(table)}"`,
        )[0] ?? []) as number[]
        return { name: String(name), version: Number(version), living: whole - deleted, deleted }
      }),
    }
  })
}

function bytesOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0
}
