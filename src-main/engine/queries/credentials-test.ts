/** *Test credentials* (A4): the gateway's decision, made here from the documents concerned. Nothing is counted. */
import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { viewApplication } from '../../../shared/domain/application.ts'
import type { Application } from '../../../shared/domain/application-schema.ts'
import { type AuthorizeCall, authorize, type Decision } from '../../../shared/domain/authorize.ts'
import { RefusalError, refuse } from '../../../shared/domain/outcome.ts'
import type { Pattern, Service } from '../../../shared/domain/service-schema.ts'
import { applyChange, createSnapshot } from '../../../shared/domain/snapshot.ts'
import type {
  CredentialsTest,
  TestableApplication,
  testableApplications,
  testCredentials,
} from '../../../shared/protocol/application-queries.ts'
import { searchApplications } from './applications.ts'
import { allOf, demand, must, type QueryContext } from './context.ts'

type Input = z.output<typeof testCredentials.input>

export async function runCredentialsTest(context: QueryContext, input: Input): Promise<CredentialsTest> {
  demand(context, 'application.test', input.serviceId)
  const service = await must(context, 'service', input.serviceId)
  const application = await applicationConcerned(context, input)
  const account = application && (await context.store.get('account', application.accountId))
  const snapshot = createSnapshot()
  applyChange(snapshot, { collection: 'service', id: service.id, document: service })
  if (application) applyChange(snapshot, { collection: 'application', id: application.id, document: application })
  if (account) applyChange(snapshot, { collection: 'account', id: account.id, document: account })

  const { call, digest } = callOf(context, input, service.pattern, application)
  const decision = authorize(snapshot, call, context.now, { digest, explain: true })
  return {
    authorized: decision.authorized,
    check: decision.authorized ? undefined : decision.check,
    code: decision.authorized ? undefined : decision.code,
    params: decision.authorized ? {} : decision.params,
    steps: decision.steps ?? [],
    // Only one that the decision found: a user key pasted into a service of App IDs names nobody.
    application: decision.application &&
      application && { id: application.id, name: application.name, accountName: account?.name ?? '' },
    status: statusOf(decision, service),
  }
}

/** What can be picked for a test, under the right to test: it names keys and tells nothing else of an application. */
export async function listTestable(
  context: QueryContext,
  { serviceId, search, applicationId, limit }: z.output<typeof testableApplications.input>,
): Promise<readonly TestableApplication[]> {
  demand(context, 'application.test', serviceId)
  const service = await must(context, 'service', serviceId)
  const base = [{ serviceId }, ...(applicationId === undefined ? [] : [{ id: applicationId }])]
  const { conditions } = await searchApplications(context, base, search)
  const found = await context.store.find('application', {
    selector: allOf(conditions),
    sort: { field: 'name', direction: 'asc' },
    limit,
  })
  const accounts = await context.store.find('account', {
    selector: { id: { $in: [...new Set(found.map(({ accountId }) => accountId))] } },
  })
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]))
  return found.map((application) => {
    const { id, name, userKey, keys, clientSecrets } = viewApplication(application, context.now)
    return {
      id,
      serviceId,
      name,
      accountName: accountNames.get(application.accountId) ?? '',
      pattern: service.pattern,
      userKey: userKey && { hintTail: userKey.hintTail },
      keys: keys.map(({ id, label, hintTail, standing }) => ({ id, label, hintTail, standing })),
      clientSecrets: clientSecrets.map(({ id, hintTail, endsAt }) => ({ id, hintTail, endsAt })),
    }
  })
}

/** The application that the credentials would find: picked, or by the pasted identifier. */
async function applicationConcerned(context: QueryContext, input: Input): Promise<Application | undefined> {
  if (input.picked) {
    const application = await must(context, 'application', input.picked.applicationId)
    if (application.serviceId !== input.serviceId) throw new RefusalError(refuse('not_found', {}, 'picked'))
    return application
  }
  const { userKey, appId } = input.pasted ?? {}
  const either = [...(userKey ? [{ userKeyDigest: context.digest(userKey) }] : []), ...(appId ? [{ appId }] : [])]
  if (either.length === 0) return undefined
  const selector = allOf([{ serviceId: input.serviceId }, { $or: either }])
  return (await context.store.find('application', { selector, limit: 1 }))[0]
}

/**
 * The call, and the digest to decide it with. A picked secret is not opened for this: a random stand-in is sent in its
 * place, and the digest of the stand-in is the stored one.
 */
function callOf(
  context: QueryContext,
  input: Input,
  pattern: Pattern,
  application: Application | undefined,
): { call: AuthorizeCall; digest: (text: string) => string } {
  const { serviceId, redirectUri, ip, referrer, usage } = input
  const base: AuthorizeCall = { serviceId, trusted: true, redirectUri, ip, referrer, usage }
  if (!input.picked || !application) return { call: { ...base, ...input.pasted }, digest: context.digest }
  const { keyId } = input.picked
  const standIn = randomUUID()
  // A1: what an application holds of another pattern stays after a change of pattern, and is not sent.
  const stored = pattern === 'api_key' ? application.userKey?.digest : digestOf(secretsOf(application, pattern), keyId)
  const digest = (text: string) => (text === standIn && stored !== undefined ? stored : context.digest(text))
  const sent = stored === undefined ? {} : pattern === 'api_key' ? { userKey: standIn } : { appKey: standIn }
  const credentials = pattern === 'api_key' ? sent : { appId: application.appId, ...sent }
  return { call: { ...base, ...credentials }, digest }
}

function secretsOf(application: Application, pattern: Pattern): readonly { id: string; digest: string }[] {
  return pattern === 'oauth' ? application.clientSecrets : application.keys
}

/** The digest of the secret that was picked. Refusal: `not_found` where the pattern has none of that id. */
function digestOf(secrets: readonly { id: string; digest: string }[], keyId: string | undefined): string | undefined {
  if (keyId === undefined) return undefined
  const digest = secrets.find(({ id }) => id === keyId)?.digest
  if (digest === undefined) throw new RefusalError(refuse('not_found', {}, 'picked'))
  return digest
}

/** What the service's gateway answers (A1, error statuses of the service). */
function statusOf(decision: Decision, { errorStatuses }: Service): number {
  if (decision.authorized) return 200
  switch (decision.code) {
    case 'limits_exceeded':
      return errorStatuses.overLimit
    case 'authentication_error':
    case 'service_id_missing':
      return errorStatuses.missing
    default:
      return errorStatuses.wrong
  }
}
