/** Credentials that a file brings along: opened, judged by the rules of their kind, digested and sealed at once. */
import type * as z from 'zod'
import type { ApplicationKey, ClientSecret, UserKey } from './application-schema.ts'
import type { Context } from './command.ts'
import { applicationKeyAad, clientSecretAad, foldedDigest, userKeyAad } from './credential.ts'
import type { Instant, Ulid } from './id.ts'
import { accept, type Outcome } from './outcome.ts'
import type { Secret } from './secret.ts'
import { serviceTokenAad } from './service.ts'
import type { ServiceToken } from './service-schema.ts'
import { isToken, keyHint, type TokenPrefix, tokenHint } from './token-format.ts'
import type { Plan } from './transfer-plan.ts'
import { invalid, refusalOfRow } from './transfer-refusal.ts'

/** What every credential of a file has. */
export interface CredentialRow {
  readonly id?: string | undefined
  readonly value?: string | undefined
  readonly sealed?: string | undefined
  readonly createdAt?: Instant | undefined
  readonly lastUsedAt?: Instant | undefined
}

/**
 * The secret that a row brings along, or undefined where the file does not carry it.
 * @param place where the value was sealed: the file's own ids, so that a moved value does not open.
 */
export function secretOf(
  plan: Plan,
  row: CredentialRow,
  rule: z.ZodType<Secret, string>,
  place: string,
  field: string,
): Outcome<Secret | undefined> {
  if (row.sealed !== undefined && row.value !== undefined) return invalid('both', field)
  const text = row.sealed === undefined ? row.value : plan.unseal(row.sealed, place)?.reveal()
  if (text === undefined) return row.sealed === undefined ? accept(undefined) : invalid('sealed', `${field}.sealed`)
  const judged = rule.safeParse(text)
  // The refusal tells the place and the rule, never the text.
  return judged.success ? accept(judged.data) : refusalOfRow(judged.error, text, `${field}.value`)
}

function times(row: CredentialRow, context: Context) {
  return { createdAt: row.createdAt ?? context.now, lastUsedAt: row.lastUsedAt ?? 0 }
}

/** Recognition as for those that Latchkey makes: of a token the end of its random part, else the end of the text. */
function hintOf(prefix: TokenPrefix, secret: Secret): string {
  return isToken(prefix, secret.reveal()) ? tokenHint(prefix, secret).tail : keyHint(secret.reveal())
}

export function importedServiceToken(
  serviceId: Ulid,
  id: Ulid,
  row: CredentialRow & { readonly endsAt?: Instant | undefined },
  secret: Secret,
  context: Context,
): ServiceToken {
  return {
    id,
    digest: context.digest(secret.reveal()),
    sealed: context.seal(secret, serviceTokenAad(serviceId, id)),
    hintTail: hintOf('lk_st_', secret),
    ...times(row, context),
    endsAt: row.endsAt ?? 0,
  }
}

export function importedUserKey(applicationId: Ulid, row: CredentialRow, secret: Secret, context: Context): UserKey {
  return {
    digest: context.digest(secret.reveal()),
    sealed: context.seal(secret, userKeyAad(applicationId)),
    hintTail: keyHint(secret.reveal()),
    ...times(row, context),
  }
}

export function importedKey(
  applicationId: Ulid,
  id: Ulid,
  row: CredentialRow & {
    readonly label?: string | undefined
    readonly expiresAt?: Instant | undefined
    readonly ipRanges?: string[] | undefined
    readonly referrers?: string[] | undefined
  },
  secret: Secret,
  context: Context,
): ApplicationKey {
  return {
    id,
    label: row.label ?? '',
    digest: context.digest(secret.reveal()),
    foldedDigest: foldedDigest(secret, context),
    sealed: context.seal(secret, applicationKeyAad(applicationId, id)),
    hintTail: keyHint(secret.reveal()),
    ...times(row, context),
    expiresAt: row.expiresAt ?? 0,
    ipRanges: row.ipRanges ?? [],
    referrers: row.referrers ?? [],
  }
}

export function importedClientSecret(
  applicationId: Ulid,
  id: Ulid,
  row: CredentialRow & { readonly endsAt?: Instant | undefined },
  secret: Secret,
  context: Context,
): ClientSecret {
  return {
    id,
    digest: context.digest(secret.reveal()),
    sealed: context.seal(secret, clientSecretAad(applicationId, id)),
    hintTail: hintOf('lk_cs_', secret),
    ...times(row, context),
    endsAt: row.endsAt ?? 0,
  }
}
