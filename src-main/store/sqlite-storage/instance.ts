/** RxDB's storage instance over one table. */
import type {
  BulkWriteRow,
  EventBulk,
  PreparedQuery,
  RxDocumentData,
  RxJsonSchema,
  RxStorageBulkWriteResponse,
  RxStorageChangeEvent,
  RxStorageCountResult,
  RxStorageInstance,
  RxStorageQueryResult,
} from 'rxdb'
import type { Observable } from 'rxjs'
import { blobsOf, getAttachment, readBlobs } from './attachments.ts'
import { cleanUp } from './cleanup.ts'
import type { CollectionTable, SeqCheckpoint } from './collection-table.ts'
import type { StoredDocument } from './layout.ts'
import type { StoredQuery } from './plan.ts'
import { runCount, runQuery } from './query.ts'
import { findById, getChanges } from './read.ts'
import type { OperationKind, Work } from './scheduler.ts'
import type { StorageOptions } from './settings.ts'
import { closedError } from './store-file.ts'
import { type BlobContents, bulkWrite, type WriteRow } from './write.ts'

export type SqliteInternals = { readonly table: CollectionTable }

const NO_BLOBS: BlobContents = new Map()

export class SqliteStorageInstance<RxDocType>
  implements RxStorageInstance<RxDocType, SqliteInternals, StorageOptions, SeqCheckpoint>
{
  readonly databaseName: string
  readonly collectionName: string
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<RxDocType>>>
  readonly internals: SqliteInternals
  readonly options: Readonly<StorageOptions>
  readonly #release: (table: CollectionTable) => void
  #closing: Promise<void> | undefined
  /** The last write still reading its blobs; later writes of this instance wait for it, to keep their order. */
  #reading: Promise<unknown> | undefined

  constructor(
    databaseName: string,
    schema: RxJsonSchema<RxDocumentData<RxDocType>>,
    table: CollectionTable,
    options: StorageOptions,
    release: (table: CollectionTable) => void,
  ) {
    this.databaseName = databaseName
    this.collectionName = table.name
    this.schema = schema
    this.internals = { table }
    this.options = options
    this.#release = release
  }

  get isClosed(): boolean {
    return this.#closing !== undefined || this.internals.table.removed
  }

  bulkWrite(
    documentWrites: BulkWriteRow<RxDocType>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<RxDocType>> {
    const rows = documentWrites as unknown as WriteRow[]
    const write = (contents: BlobContents) =>
      this.#run('write', (table) => bulkWrite(table, rows, context, contents)) as unknown as Promise<
        RxStorageBulkWriteResponse<RxDocType>
      >
    const blobs = this.schema.attachments ? blobsOf(rows) : []
    if (blobs.length === 0 && !this.#reading) return write(NO_BLOBS)
    const before = this.#reading
    const reading = (async () => {
      await before
      return readBlobs(blobs)
    })()
    const done: Promise<unknown> = reading.then(write, () => undefined)
    const settled = done.then(
      () => undefined,
      () => undefined,
    )
    this.#reading = settled
    void settled.then(() => {
      if (this.#reading === settled) this.#reading = undefined
    })
    return reading.then(() => done) as Promise<RxStorageBulkWriteResponse<RxDocType>>
  }

  findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<RxDocType>[]> {
    const known = this.#cachedById(ids, withDeleted)
    if (known) return Promise.resolve(known) as Promise<never[]>
    return this.#run('read', (table) => findById(table, ids, withDeleted)) as Promise<never[]>
  }

  async query(preparedQuery: PreparedQuery<RxDocType>): Promise<RxStorageQueryResult<RxDocType>> {
    const query = preparedQuery.query as unknown as StoredQuery
    const documents = await this.#run('read', (table) => runQuery(table, query))
    return { documents: documents as unknown as RxDocumentData<RxDocType>[] }
  }

  async count(preparedQuery: PreparedQuery<RxDocType>): Promise<RxStorageCountResult> {
    const query = preparedQuery.query as unknown as StoredQuery
    return { count: await this.#run('read', (table) => runCount(table, query)), mode: 'fast' }
  }

  getAttachmentData(documentId: string, attachmentId: string, digest: string): Promise<Blob> {
    return this.#run('read', function* (table) {
      yield 'breathe'
      return getAttachment(table, documentId, attachmentId, digest)
    })
  }

  getChangedDocumentsSince(
    limit: number,
    checkpoint?: SeqCheckpoint,
  ): Promise<{ documents: RxDocumentData<RxDocType>[]; checkpoint: SeqCheckpoint }> {
    return this.#run('read', (table) => getChanges(table, limit, checkpoint)) as Promise<never>
  }

  changeStream(): Observable<EventBulk<RxStorageChangeEvent<RxDocType>, SeqCheckpoint>> {
    return this.internals.table.changes.asObservable() as unknown as Observable<
      EventBulk<RxStorageChangeEvent<RxDocType>, SeqCheckpoint>
    >
  }

  cleanup(minimumDeletedTime: number): Promise<boolean> {
    return this.#run('write', (table) => cleanUp(table, minimumDeletedTime))
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish(false)
    return this.#closing
  }

  remove(): Promise<void> {
    if (this.isClosed) return Promise.reject(closedError(this.#describe()))
    this.#closing = this.#finish(true)
    return this.#closing
  }

  /** Waits for what this file still has to do, then lets go of the table. */
  async #finish(remove: boolean): Promise<void> {
    const { table } = this.internals
    await this.#reading
    await table.file.scheduler.run('write', function* () {
      if (remove && !table.removed) table.drop()
      yield table.file.journal.settled() // a file must not be closed under the checkpoint thread
    })
    this.#release(table)
  }

  #run<Result>(kind: OperationKind, work: (table: CollectionTable) => Work<Result>): Promise<Result> {
    if (this.isClosed) return Promise.reject(closedError(this.#describe()))
    const { table } = this.internals
    return table.file.scheduler.run(kind, () => work(table))
  }

  /** One document, as RxDB mostly asks for, without a pass through the scheduler where nothing waits for the file. */
  #cachedById(ids: readonly string[], withDeleted: boolean): StoredDocument[] | undefined {
    const { table } = this.internals
    if (ids.length !== 1 || this.isClosed || !table.file.scheduler.isIdle) return undefined
    const document = table.cache.getById(ids[0] as string)
    if (!document) return undefined
    return withDeleted || !document._deleted ? [document] : []
  }

  #describe(): string {
    return `The collection ${this.collectionName} of ${this.databaseName}`
  }
}

/** The instance of ours behind whatever RxDB or a plugin wrapped around it, if there is one. */
export function ownInstance(candidate: unknown): SqliteStorageInstance<StoredDocument> | undefined {
  for (let one = candidate; one; one = (one as { originalStorageInstance?: unknown }).originalStorageInstance) {
    if (one instanceof SqliteStorageInstance) return one
  }
  return undefined
}
