/**
 * How a change is asked for and answered. A command names what it needs to read, and decides over plain documents:
 * (documents, input, context) → changes | refusal. Shells load the needs, call `decide`, and write what it returns;
 * a button, an API call, an import and a push are all the same to it.
 */
import type * as z from 'zod'
import { type Actor, authorOf } from './actor.ts'
import type { AuditChange, AuditDraft, AuditValue, Channel } from './audit.ts'
import type { CollectionName, DocumentOf } from './collections.ts'
import { type CommandStamp, type Envelope, envelopeFields, schemaVersion } from './document.ts'
import { type Instant, makeUlid, type Ulid } from './id.ts'
import type { Outcome } from './outcome.ts'
import type { Secret } from './secret.ts'

/** Where a command comes from; its id makes a repeat harmless (spec/sync.md, Push 4). */
export interface CommandEnvelope {
  readonly id: Ulid
  readonly device: Ulid
  readonly channel: Channel
  readonly clientTime: Instant
  readonly group?: Ulid
}

/** Effects as arguments: clock, randomness, digest and the vault's seal. */
export interface Context {
  readonly workspace: Ulid
  readonly actor: Actor
  readonly envelope: CommandEnvelope
  /** ms UTC. */
  readonly now: Instant
  random(bytes: number): Uint8Array
  /** SHA-256 of UTF-8 text, as 64 hexadecimal characters. */
  digest(text: string): string
  /** Seals a secret that may be looked up again; `aad` names collection, document and slot. */
  seal(secret: Secret, aad: string): string
}

/** One document to read. */
export interface One<C extends CollectionName> {
  readonly one: C
  readonly id: Ulid
}

/** All documents whose fields equal `where` (an array matches any of its values). */
export interface Many<C extends CollectionName> {
  readonly many: C
  readonly where: Readonly<Partial<Record<string, string | readonly string[]>>>
}

/**
 * The documents that a field of another need's documents names, for what an input does not say itself: an
 * application's service, its account. Read after the need it is linked from; always a list, empty where nothing is named.
 */
export interface Linked<C extends CollectionName> {
  readonly linked: C
  /** The other need's key. */
  readonly from: string
  /** The field of its documents that holds an id. */
  readonly by: string
}

/** What a shell reads directly. */
export type Need = { [C in CollectionName]: One<C> | Many<C> }[CollectionName]
export type LinkedNeed = { [C in CollectionName]: Linked<C> }[CollectionName]
export type Needs = Readonly<Record<string, Need | LinkedNeed>>

/** What a shell hands to `decide` for the needs. */
export type Loaded<N extends Needs> = {
  readonly [K in keyof N]: N[K] extends Many<infer C> | Linked<infer C>
    ? readonly DocumentOf<C>[]
    : N[K] extends One<infer C>
      ? DocumentOf<C> | undefined
      : never
}

export function one<C extends CollectionName>(collection: C, id: Ulid): One<C> {
  return { one: collection, id }
}

export function many<C extends CollectionName>(collection: C, where: Many<C>['where'] = {}): Many<C> {
  return { many: collection, where }
}

export function linked<C extends CollectionName>(collection: C, from: string, by: string): Linked<C> {
  return { linked: collection, from, by }
}

/** What a linked need reads, once the need it is linked from is there. */
export function resolveLinked(need: LinkedNeed, loaded: Readonly<Record<string, unknown>>): Need {
  const source = loaded[need.from]
  const documents = (Array.isArray(source) ? source : [source]) as readonly (Record<string, unknown> | undefined)[]
  const ids = documents.map((document) => document?.[need.by]).filter((id) => typeof id === 'string')
  return many(need.linked, { id: [...new Set(ids)] }) as Need
}

/** Reads all that a command needs: what stands alone at once, then what is linked from it. */
export async function loadNeeds(
  needs: Needs,
  read: (need: Need) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const loaded: Record<string, unknown> = {}
  await Promise.all(
    Object.entries(needs).map(async ([key, need]) => {
      if (!('linked' in need)) loaded[key] = await read(need)
    }),
  )
  for (const [key, need] of Object.entries(needs)) {
    if ('linked' in need) loaded[key] = await read(resolveLinked(need, loaded))
  }
  return loaded
}

/** One document replaced, made or deleted. */
export type Write = {
  [C in CollectionName]: {
    readonly collection: C
    readonly before?: DocumentOf<C>
    /** Absent: deleted. */
    readonly after?: DocumentOf<C>
  }
}[CollectionName]

/** A secret that leaves the command exactly once, in the reveal dialog. */
export interface OneTimeSecret {
  /** What it is, for the dialog's words: `accessToken`, `serviceToken`, `userKey`, `appKey`, `clientSecret`. */
  readonly kind: 'accessToken' | 'serviceToken' | 'userKey' | 'appKey' | 'clientSecret'
  readonly objectId: Ulid
  readonly objectName: string
  /** The service to call with it, and the identifier (App ID, client id) to send beside it, where there are such. */
  readonly serviceId?: Ulid
  readonly identifier?: string
  readonly secret: Secret
}

/** What an accepted command wants done: all of it, or nothing. */
export interface Change<R> {
  readonly writes: readonly Write[]
  readonly events: readonly AuditDraft[]
  readonly result: R
  readonly reveals?: readonly OneTimeSecret[]
  /**
   * What must match nothing when the change is written, else the shell decides again with fresh randomness: made
   * values short enough to meet an existing one (an App ID of 32 bits, A13) cannot be looked up before they are made.
   */
  readonly absent?: readonly Need[]
}

export interface Command<Name extends string, S extends z.ZodType, N extends Needs, R> {
  readonly name: Name
  /** Validates the input at every door. */
  readonly input: S
  // Methods, not function properties: a register holds commands of every input, and methods compare loosely.
  /** `digest` as in the context: a secret in the input is looked for by its digest (A13). */
  needs(input: z.output<S>, actor: Actor, digest: (text: string) => string): N
  decide(documents: Loaded<N>, input: z.output<S>, context: Context): Outcome<Change<R>>
}

export type AnyCommand = Command<string, z.ZodType, Needs, unknown>

/** Declares a command; only infers types. */
export function defineCommand<const Name extends string, S extends z.ZodType, N extends Needs, R>(
  command: Command<Name, S, N, R>,
): Command<Name, S, N, R> {
  return command
}

function stampOf(context: Context, baseRev: number): CommandStamp {
  const { id, device, clientTime, group } = context.envelope
  return group === undefined ? { id, device, baseRev, clientTime } : { id, device, baseRev, clientTime, group }
}

/** The envelope of a new document. */
export function newEnvelope(context: Context, id: Ulid = newId(context)): Envelope {
  return {
    id,
    workspace: context.workspace,
    rev: 1,
    updatedAt: context.now,
    updatedBy: authorOf(context.actor),
    schema: schemaVersion,
    command: stampOf(context, 0),
  }
}

/** A document with some fields replaced and its envelope moved on by one revision. */
export function edited<D extends Envelope>(document: D, fields: Partial<Omit<D, keyof Envelope>>, context: Context): D {
  return {
    ...document,
    ...fields,
    rev: document.rev + 1,
    updatedAt: context.now,
    updatedBy: authorOf(context.actor),
    command: stampOf(context, document.rev),
  }
}

/** A fresh ULID of this command. */
export function newId(context: Context): Ulid {
  return makeUlid(context.now, context.random)
}

/** Fields that hold or derive from a secret, at any depth: never in an audit. */
const secretFields = new Set(['digest', 'foldedDigest', 'userKeyDigest', 'sealed'])

/**
 * The top-level fields that differ between two forms of a document, as the audit tells them (U1).
 * Plain values as they are; lists and objects as their length or their changed members; secrets never.
 */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  prefix = '',
): AuditChange[] {
  const changes: AuditChange[] = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (secretFields.has(key) || (prefix === '' && (envelopeFields as readonly string[]).includes(key))) continue
    const a = before[key]
    const b = after[key]
    if (JSON.stringify(a) === JSON.stringify(b)) continue
    if (isPlainObject(a) && isPlainObject(b)) changes.push(...differences(a, b, `${prefix}${key}.`))
    else changes.push({ field: prefix + key, before: auditValue(a), after: auditValue(b) })
  }
  return changes
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function auditValue(value: unknown): AuditValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'string') ? value : value.length
  }
  return null
}
