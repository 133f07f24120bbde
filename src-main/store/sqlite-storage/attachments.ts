/** Attachments: bytes in a table of their own, so that reading a document never touches them. */
import type { RxAttachmentWriteData } from 'rxdb'
import type { CollectionTable } from './collection-table.ts'
import { encodeText } from './encoding.ts'
import { StoreError } from './errors.ts'
import type { BlobContents, WriteRow } from './write.ts'

type AttachmentWrite = {
  readonly documentId: string
  readonly attachmentId: string
  readonly attachmentData: RxAttachmentWriteData
  readonly digest: string
}

/** The blobs in rows, or nothing where there are none. */
export function blobsOf(rows: readonly WriteRow[]): Blob[] {
  const blobs: Blob[] = []
  for (const { document } of rows) {
    for (const attachment of Object.values(document._attachments ?? {})) {
      if ('data' in attachment && attachment.data) blobs.push(attachment.data)
    }
  }
  return blobs
}

export async function readBlobs(blobs: readonly Blob[]): Promise<BlobContents> {
  const contents = new Map<Blob, Uint8Array>()
  for (const blob of blobs) contents.set(blob, new Uint8Array(await blob.arrayBuffer()))
  return contents
}

export function putAttachment(table: CollectionTable, write: AttachmentWrite, content: Uint8Array): void {
  table.file.run('INSERT OR REPLACE INTO store_attachment VALUES (?, ?, ?, ?, ?, ?)', [
    table.number,
    encodeText(write.documentId),
    encodeText(write.attachmentId),
    write.digest,
    write.attachmentData.type,
    content,
  ])
}

export function deleteAttachment(table: CollectionTable, documentId: string, attachmentId: string): void {
  table.file.run('DELETE FROM store_attachment WHERE collection = ? AND document = ? AND attachment = ?', [
    table.number,
    encodeText(documentId),
    encodeText(attachmentId),
  ])
}

/** The attachment with exactly this digest; `attachment_missing` where there is none. */
export function getAttachment(table: CollectionTable, documentId: string, attachmentId: string, digest: string): Blob {
  const row = table.file.all(
    'SELECT type, content FROM store_attachment WHERE collection = ? AND document = ? AND attachment = ? AND digest = ?',
    [table.number, encodeText(documentId), encodeText(attachmentId), digest],
  )[0]
  if (!row) {
    throw new StoreError(
      'attachment_missing',
      `${table.name} has no such attachment of this document with this digest. Read the document again: it may have changed.`,
      { collection: table.name },
    )
  }
  // Copied, because the driver may use the memory again.
  return new Blob([new Uint8Array(row[1] as Uint8Array)], { type: row[0] as string })
}
