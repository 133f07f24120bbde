/**
 * Which columns and indexes a collection's table has: one real column for every indexed field.
 * Real, not generated, columns: counting over a generated one costs 25–30 times more.
 */
import { getPrimaryFieldOfPrimaryKey, getSchemaByObjectPath, type RxDocumentData, type RxJsonSchema } from 'rxdb'
import type { SqlValue } from './driver.ts'
import { type ColumnKind, encodeValue, INEXACT } from './encoding.ts'

/** Any document of any collection, with RxDB's own fields. */
export type StoredDocument = RxDocumentData<Record<string, unknown>>
export type StoredSchema = RxJsonSchema<StoredDocument>

export type Column = {
  /** Path in the document, dotted. */
  readonly path: string
  /** Name in the table. */
  readonly name: string
  readonly kind: ColumnKind
}

export type Layout = {
  readonly primaryPath: string
  readonly columns: readonly Column[]
  /** Columns of each index, without `deleted`: every index holds the living documents only. */
  readonly indexes: readonly (readonly string[])[]
}

/** Paths through these names mean something else to JavaScript than to mingo. */
const UNSAFE_SEGMENT = /^(\d+|length|__proto__|constructor|toString|valueOf|hasOwnProperty|isPrototypeOf)$/

export function isSafePath(path: string): boolean {
  return path.split('.').every((segment) => segment !== '' && !UNSAFE_SEGMENT.test(segment))
}

export function layoutOf(schema: StoredSchema): Layout {
  const primaryPath = String(getPrimaryFieldOfPrimaryKey(schema.primaryKey))
  const columns: Column[] = []
  const nameOf = (path: string): string | undefined => {
    if (path === primaryPath) return 'id'
    if (path === '_deleted') return 'deleted'
    if (path === '_meta.lwt') return 'lwt'
    const known = columns.find((column) => column.path === path)
    if (known) return known.name
    if (!isSafePath(path)) return undefined
    const type = getSchemaByObjectPath(schema, path)?.type
    const kind: ColumnKind = type === 'boolean' ? 'boolean' : 'scalar'
    const column = { path, name: `c${columns.length}`, kind }
    columns.push(column)
    return column.name
  }
  const indexes = new Map<string, string[]>()
  for (const declared of schema.indexes ?? []) {
    const paths = typeof declared === 'string' ? [declared] : [...declared]
    const names = paths.map(nameOf)
    if (names.includes(undefined)) continue
    const names1 = names.filter((name): name is string => name !== undefined && name !== 'deleted')
    // RxDB adds indexes over lwt for its own change feed; ours runs over seq.
    if (names1[0] === 'lwt' || names1[0] === 'id' || names1.length === 0) continue
    if (!names1.includes('id')) names1.push('id')
    indexes.set(names1.join(), names1)
  }
  return { primaryPath, columns, indexes: [...indexes.values()] }
}

/** Reads a dotted path as mingo does where no array is on the way; an array on the way is INEXACT. */
export function readPath(document: StoredDocument, path: string): unknown {
  if (!path.includes('.')) return document[path]
  let value: unknown = document
  for (const segment of path.split('.')) {
    if (Array.isArray(value)) return INEXACT
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[segment]
  }
  return value
}

/**
 * A document's column values, in the layout's order.
 * `inexact` collects the names of columns that this document has no exact value for.
 */
export function columnValues(layout: Layout, document: StoredDocument, inexact: Set<string>): SqlValue[] {
  const values: SqlValue[] = new Array(layout.columns.length)
  for (let index = 0; index < layout.columns.length; index++) {
    const column = layout.columns[index] as Column
    const value = encodeValue(readPath(document, column.path), column.kind)
    if (value === INEXACT) {
      inexact.add(column.name)
      values[index] = null
    } else {
      values[index] = value
    }
  }
  return values
}

export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

/** The statements that create a table and its indexes. */
export function tableDefinition(table: string, layout: Layout): string {
  const columns = layout.columns.map((column) => `, ${column.name}`).join('')
  const statements = [
    // Small columns stand before the document, so that reading them never walks its overflow pages.
    // `k` is the seq of the first write: rows are appended, and an update leaves them in place.
    `CREATE TABLE ${quoted(table)} (k INTEGER PRIMARY KEY, id TEXT NOT NULL, rev TEXT NOT NULL, deleted INTEGER NOT NULL, lwt REAL NOT NULL, seq INTEGER NOT NULL${columns}, data TEXT NOT NULL)`,
    `CREATE UNIQUE INDEX ${quoted(`${table}:id`)} ON ${quoted(table)} (id)`,
    `CREATE UNIQUE INDEX ${quoted(`${table}:seq`)} ON ${quoted(table)} (seq)`,
    `CREATE INDEX ${quoted(`${table}:deleted`)} ON ${quoted(table)} (lwt) WHERE deleted = 1`,
    ...layout.indexes.map(
      (names) =>
        `CREATE INDEX ${quoted(`${table}:${names.join('+')}`)} ON ${quoted(table)} (${names.join(', ')}) WHERE deleted = 0`,
    ),
  ]
  return statements.join(';\n')
}
