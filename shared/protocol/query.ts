/** How a view is asked for: a name, a validated input, and the type of what comes back. Handlers are the engine's. */
import * as z from 'zod'
import { textSchema } from '../domain/text.ts'

export interface Query<Name extends string, S extends z.ZodType, Output> {
  readonly name: Name
  readonly input: S
  /** Only a type: carries what the handler answers with. */
  readonly output?: Output
}

export type AnyQuery = Query<string, z.ZodType, unknown>
export type OutputOf<Q extends AnyQuery> = Q extends Query<string, z.ZodType, infer Output> ? Output : never

/** Declares a query: `defineQuery<Answer>()('name', input)`. */
export function defineQuery<Output>() {
  return <const Name extends string, S extends z.ZodType>(name: Name, input: S): Query<Name, S, Output> => ({
    name,
    input,
  })
}

/** Most rows of one answer. */
export const maxPage = 500

/** The window, order and search of every list; sorting, filtering and counting happen in the database. */
export function listShape<const Fields extends readonly [string, ...string[]]>(fields: Fields) {
  return {
    search: textSchema(512).default(''),
    sort: z.enum(fields).default(fields[0] as Fields[number]),
    direction: z.enum(['asc', 'desc']).default('asc'),
    skip: z.int().min(0).default(0),
    limit: z.int().min(1).max(maxPage).default(100),
  }
}

/** A window of a list: `total` counts all rows that match. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}
