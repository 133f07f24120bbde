/**
 * Builders for tests of the domain: plain documents with real digests, a clock that stands still and randomness that
 * repeats. A `World` is the thinnest shell: it loads what a command needs, decides, and applies all of it or nothing.
 */
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { AccessToken } from '../../shared/domain/access-token-schema.ts'
import type { Account } from '../../shared/domain/account-schema.ts'
import type { Actor } from '../../shared/domain/actor.ts'
import type { Application, ApplicationKey, ClientSecret, UserKey } from '../../shared/domain/application-schema.ts'
import type { AuditDraft } from '../../shared/domain/audit.ts'
import { type CollectionName, collectionSchemas, type DocumentOf } from '../../shared/domain/collections.ts'
import {
  type Change,
  type Command,
  type Context,
  type Need,
  type Needs,
  resolveLinked,
  type Write,
} from '../../shared/domain/command.ts'
import type { Envelope } from '../../shared/domain/document.ts'
import { type Instant, makeUlid, type Ulid } from '../../shared/domain/id.ts'
import type { Member } from '../../shared/domain/member.ts'
import { type Outcome, type RefusalCode, refusalCodes, refuse } from '../../shared/domain/outcome.ts'
import { Secret } from '../../shared/domain/secret.ts'
import { defaultUsageRules, serviceTokenAad } from '../../shared/domain/service.ts'
import type { Pattern, Service, ServiceToken } from '../../shared/domain/service-schema.ts'
import {
  accessTokenPrefix,
  keyHint,
  makeToken,
  serviceTokenPrefix,
  tokenHint,
} from '../../shared/domain/token-format.ts'

/** The instant at which tests happen: 2026-11-22T12:00:00Z. */
export const noon: Instant = Date.UTC(2026, 10, 22, 12)

/** SHA-256 of UTF-8 text in hexadecimal: the real one. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Random bytes that repeat for a seed. */
export function repeatingRandom(seed: string): (bytes: number) => Uint8Array {
  let turn = 0
  return (bytes) => {
    const out = new Uint8Array(bytes)
    for (let filled = 0; filled < bytes; filled += 32) {
      turn += 1
      out.set(
        createHash('sha256')
          .update(`${seed}/${turn}`)
          .digest()
          .subarray(0, bytes - filled),
        filled,
      )
    }
    return out
  }
}

/** A ULID that is the same for the same label. */
export function ulidOf(label: string): Ulid {
  return makeUlid(noon - 86_400_000, repeatingRandom(`ulid/${label}`))
}

export const workspaceId = ulidOf('workspace')
export const deviceId = ulidOf('device')

const vault = new Map<string, { secret: string; aad: string }>()

/** Seals as a vault would: the copy tells nothing of the secret, and opens only with its own `aad`. */
export function seal(secret: Secret, aad: string): string {
  const sealed = createHash('sha512').update(`${aad}\n${secret.reveal()}`).digest('base64')
  vault.set(sealed, { secret: secret.reveal(), aad })
  return sealed
}

/** The secret in a sealed copy, or undefined where it was sealed for another place. */
export function open(sealed: string, aad: string): string | undefined {
  const held = vault.get(sealed)
  return held?.aad === aad ? held.secret : undefined
}

export function aContext(actor: Actor, overrides: Partial<Context> & { seed?: string } = {}): Context {
  const { seed = 'context', ...rest } = overrides
  const now = rest.now ?? noon
  return {
    workspace: workspaceId,
    actor,
    envelope: { id: ulidOf(`command/${seed}`), device: deviceId, channel: 'console', clientTime: now },
    now,
    random: repeatingRandom(seed),
    digest,
    seal,
    ...rest,
  }
}

/** The envelope of a document that the program wrote a day ago. */
export function anEnvelope(id: Ulid): Envelope {
  const at = noon - 86_400_000
  return {
    id,
    workspace: workspaceId,
    rev: 1,
    updatedAt: at,
    updatedBy: 'system',
    schema: 1,
    command: { id: ulidOf('founding'), device: deviceId, baseRev: 0, clientTime: at },
  }
}

/** An active member without any section, with access to all services. */
export function aMember(fields: Partial<Member> = {}): Member {
  const name = fields.name ?? 'Mina Park'
  return {
    ...anEnvelope(fields.id ?? ulidOf(`member/${name}`)),
    name,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
    role: 'member',
    state: 'active',
    sections: [],
    serviceAccess: 'all',
    ...fields,
  }
}

export function anAdmin(fields: Partial<Member> = {}): Member {
  return aMember({ name: 'Ada Admin', role: 'admin', ...fields })
}

export function actorOf(member: Member): Actor {
  return { kind: 'member', member }
}

/** A developer of the account (A15). */
export function aDeveloper(account: Account): Actor {
  const developer = account.developers[0]
  if (developer === undefined) throw new Error('the account has no developer')
  return { kind: 'developer', id: developer.id, accountId: account.id, name: developer.name }
}

/** A member acting through an access token (T4). */
export function throughToken(token: AccessToken, owner: Member): Actor {
  return { kind: 'accessToken', token, owner }
}

export function anAccessToken(owner: Member, fields: Partial<AccessToken> = {}): AccessToken {
  const name = fields.name ?? 'Nightly report'
  const secret = makeToken(accessTokenPrefix, repeatingRandom(`accessToken/${owner.id}/${name}`))
  const hint = tokenHint(accessTokenPrefix, secret)
  return {
    ...anEnvelope(ulidOf(`accessToken/${owner.id}/${name}`)),
    ownerId: owner.id,
    name,
    scopes: ['account_management'],
    permission: 'rw',
    digest: digest(secret.reveal()),
    hintHead: hint.head,
    hintTail: hint.tail,
    createdAt: noon - 86_400_000,
    expiresAt: noon + 29 * 86_400_000,
    lastUsedAt: 0,
    ...fields,
  }
}

/** The text of the first service token of `aService({ name })`. */
export function serviceTokenText(name = 'Payments API'): string {
  return makeToken(serviceTokenPrefix, repeatingRandom(`serviceToken/${name}`)).reveal()
}

export function aServiceToken(serviceId: Ulid, text: string, fields: Partial<ServiceToken> = {}): ServiceToken {
  const id = fields.id ?? ulidOf(`serviceToken/${text}`)
  const secret = new Secret(text)
  return {
    id,
    digest: digest(text),
    sealed: seal(secret, serviceTokenAad(serviceId, id)),
    hintTail: tokenHint(serviceTokenPrefix, secret).tail,
    createdAt: noon - 86_400_000,
    endsAt: 0,
    lastUsedAt: 0,
    ...fields,
  }
}

/** A live service of the API key pattern, one metric `hits`, one plan `Basic` which is the default. */
export function aService(fields: Partial<Service> & { pattern?: Pattern } = {}): Service {
  const name = fields.name ?? 'Payments API'
  const id = fields.id ?? ulidOf(`service/${name}`)
  const planId = ulidOf(`plan/${name}/basic`)
  return {
    ...anEnvelope(id),
    name,
    systemName: name.toLowerCase().replaceAll(' ', '-'),
    description: '',
    state: 'live',
    pattern: 'api_key',
    credentialsLocation: 'headers',
    parameterNames: { userKey: 'user_key', appId: 'app_id', appKey: 'app_key' },
    errorStatuses: { missing: 403, wrong: 403, overLimit: 429 },
    usageRules: defaultUsageRules,
    tokens: [aServiceToken(id, serviceTokenText(name))],
    metrics: [{ id: ulidOf(`metric/${name}/hits`), systemName: 'hits', name: 'Hits', unit: 'hit' }],
    plans: [{ id: planId, name: 'Basic', systemName: 'basic', state: 'published', limits: [] }],
    defaultPlanId: planId,
    alertLevels: [50, 80, 90, 100, 120, 150, 200, 300],
    createdAt: noon - 86_400_000,
    ...fields,
  }
}

/** An approved account with one developer. */
export function anAccount(fields: Partial<Account> = {}): Account {
  const name = fields.name ?? 'Acme'
  return {
    ...anEnvelope(fields.id ?? ulidOf(`account/${name}`)),
    name,
    state: 'approved',
    note: '',
    developers: [{ id: ulidOf(`developer/${name}`), name: 'Dev Kim', email: 'dev@acme.example' }],
    createdAt: noon - 86_400_000,
    ...fields,
  }
}

export function aUserKey(applicationId: Ulid, text: string): UserKey {
  return {
    digest: digest(text),
    sealed: seal(new Secret(text), `application/${applicationId}/userKey`),
    hintTail: keyHint(text),
    createdAt: noon - 86_400_000,
    lastUsedAt: 0,
  }
}

export function anApplicationKey(
  applicationId: Ulid,
  text: string,
  fields: Partial<ApplicationKey> = {},
): ApplicationKey {
  const id = fields.id ?? ulidOf(`key/${applicationId}/${text}`)
  return {
    id,
    label: '',
    digest: digest(text),
    foldedDigest: digest(text.toLowerCase()),
    sealed: seal(new Secret(text), `application/${applicationId}/key/${id}`),
    hintTail: keyHint(text),
    createdAt: noon - 86_400_000,
    lastUsedAt: 0,
    expiresAt: 0,
    ipRanges: [],
    referrers: [],
    ...fields,
  }
}

export function aClientSecret(applicationId: Ulid, text: string, fields: Partial<ClientSecret> = {}): ClientSecret {
  const id = fields.id ?? ulidOf(`clientSecret/${applicationId}/${text}`)
  return {
    id,
    digest: digest(text),
    sealed: seal(new Secret(text), `application/${applicationId}/clientSecret/${id}`),
    hintTail: keyHint(text),
    createdAt: noon - 86_400_000,
    endsAt: 0,
    lastUsedAt: 0,
    ...fields,
  }
}

/**
 * A live application with the credentials of its service's pattern: `userKey` (default `user-key-of-<name>`),
 * `appId` (default 8 hexadecimal characters) with `keys` as texts, or a client id with `clientSecret`.
 */
export function anApplication(
  service: Service,
  account: Account,
  fields: Partial<Omit<Application, 'keys' | 'userKey'>> & {
    userKey?: string
    keys?: readonly (string | ApplicationKey)[]
    clientSecret?: string
  } = {},
): Application {
  const { userKey, keys: keyTexts, clientSecret, ...rest } = fields
  const name = fields.name ?? 'Checkout'
  const id = fields.id ?? ulidOf(`application/${service.id}/${name}`)
  const userKeyText = userKey ?? `user-key-of-${name.toLowerCase().replaceAll(' ', '-')}`
  const ownsUserKey = service.pattern === 'api_key'
  const keys =
    service.pattern === 'app_id_key'
      ? (keyTexts ?? [`app-key-of-${name}`]).map((key) => (typeof key === 'string' ? anApplicationKey(id, key) : key))
      : []
  return {
    ...anEnvelope(id),
    accountId: account.id,
    serviceId: service.id,
    ...(service.defaultPlanId === undefined ? {} : { planId: service.defaultPlanId }),
    name,
    description: '',
    state: 'live',
    createdAt: noon - 86_400_000,
    acceptedAt: noon - 86_400_000,
    lastUsedAt: 0,
    ...(ownsUserKey ? { userKey: aUserKey(id, userKeyText) } : {}),
    userKeyDigest: ownsUserKey ? digest(userKeyText) : '',
    appId:
      service.pattern === 'app_id_key' ? digest(`app-id/${id}`).slice(0, 8) : service.pattern === 'oauth' ? id : '',
    keys,
    clientSecrets: service.pattern === 'oauth' ? [aClientSecret(id, clientSecret ?? `client-secret-of-${name}`)] : [],
    redirectUrls: [],
    ipRanges: [],
    referrers: [],
    keyless: service.pattern === 'app_id_key' && keys.length === 0 && !service.usageRules.atLeastOneKey,
    ...rest,
  }
}

type AnyDocument = DocumentOf<CollectionName>

/** The first schema issue as a refusal, as every door gives it. */
export function refusalOfInput(error: z.ZodError): Outcome<never> {
  const issue = error.issues[0]
  if (issue === undefined) return refuse('invalid')
  if (issue.code === 'unrecognized_keys') return refuse('unknown_field', {}, issue.keys[0])
  const known = (refusalCodes as readonly string[]).includes(issue.message)
  return refuse(known ? (issue.message as RefusalCode) : 'invalid', {}, issue.path.join('.') || undefined)
}

/** Documents in memory and the commands given to them. */
export class World {
  readonly events: AuditDraft[] = []
  now: Instant = noon
  /** Replaces effects of every context, for example a source of randomness that the test knows. */
  effects: Partial<Context> = {}
  #turn = 0
  readonly #documents = new Map<string, { collection: CollectionName; document: AnyDocument }>()

  put<C extends CollectionName>(collection: C, ...documents: readonly DocumentOf<C>[]): this {
    for (const document of documents) this.#documents.set(document.id, { collection, document })
    return this
  }

  find<C extends CollectionName>(collection: C, id: Ulid): DocumentOf<C> | undefined {
    const held = this.#documents.get(id)
    return held?.collection === collection ? (held.document as DocumentOf<C>) : undefined
  }

  /** The document, which the test knows to be there. */
  get<C extends CollectionName>(collection: C, id: Ulid): DocumentOf<C> {
    const document = this.find(collection, id)
    if (document === undefined) throw new Error(`no ${collection} ${id}`)
    return document
  }

  all<C extends CollectionName>(collection: C): DocumentOf<C>[] {
    return [...this.#documents.values()]
      .filter((held) => held.collection === collection)
      .map((held) => held.document as DocumentOf<C>)
  }

  load(needs: Needs): Record<string, unknown> {
    const loaded: Record<string, unknown> = {}
    for (const [key, need] of Object.entries(needs)) if (!('linked' in need)) loaded[key] = this.#read(need)
    for (const [key, need] of Object.entries(needs)) {
      if ('linked' in need) loaded[key] = this.#read(resolveLinked(need, loaded))
    }
    return loaded
  }

  #read(need: Need): unknown {
    if ('one' in need) return this.find(need.one, need.id)
    return this.all(need.many).filter((document) =>
      Object.entries(need.where).every(([field, wanted]) => {
        const value = (document as unknown as Record<string, unknown>)[field]
        return Array.isArray(wanted) ? wanted.includes(value) : value === wanted
      }),
    )
  }

  /** Validates, loads, decides; applies nothing. */
  decide<S extends z.ZodType, N extends Needs, R>(
    actor: Actor,
    command: Command<string, S, N, R>,
    input: z.input<S>,
  ): Outcome<Change<R>> {
    const parsed = command.input.safeParse(input)
    if (!parsed.success) return refusalOfInput(parsed.error)
    const documents = this.load(command.needs(parsed.data, actor, digest))
    for (;;) {
      this.#turn += 1
      const context = aContext(actor, { now: this.now, seed: `world/${this.#turn}`, ...this.effects })
      const outcome = command.decide(documents as never, parsed.data, context)
      const met = outcome.ok && outcome.value.absent?.some((need) => (this.#read(need) as unknown[]).length > 0)
      if (!met) return outcome
    }
  }

  /** Gives a command and applies what it wants; each written document must satisfy its schema. */
  give<S extends z.ZodType, N extends Needs, R>(
    actor: Actor,
    command: Command<string, S, N, R>,
    input: z.input<S>,
  ): Outcome<Change<R>> {
    const outcome = this.decide(actor, command, input)
    if (!outcome.ok) return outcome
    for (const write of outcome.value.writes) this.#apply(write)
    this.events.push(...outcome.value.events)
    return outcome
  }

  /** Gives a command that the test expects to be accepted. */
  must<S extends z.ZodType, N extends Needs, R>(
    actor: Actor,
    command: Command<string, S, N, R>,
    input: z.input<S>,
  ): Change<R> {
    const outcome = this.give(actor, command, input)
    if (!outcome.ok) throw new Error(`${command.name}: ${JSON.stringify(outcome)}`)
    return outcome.value
  }

  #apply(write: Write): void {
    if (write.before !== undefined && this.find(write.collection, write.before.id)?.rev !== write.before.rev) {
      throw new Error(`${write.collection}: written over another revision`)
    }
    if (write.after === undefined) {
      if (write.before !== undefined) this.#documents.delete(write.before.id)
      return
    }
    const document = collectionSchemas[write.collection].parse(write.after) as AnyDocument
    this.#documents.set(document.id, { collection: write.collection, document })
  }
}
