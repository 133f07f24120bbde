/** The register of query handlers: one line a query of the bridge. */
import type * as z from 'zod'
import { accountGet, accountList } from '../../../shared/protocol/account-queries.ts'
import {
  applicationGet,
  applicationList,
  testableApplications,
  testCredentials,
} from '../../../shared/protocol/application-queries.ts'
import { memberGet, memberList } from '../../../shared/protocol/member-queries.ts'
import {
  accessTokenGet,
  accessTokenList,
  auditExport,
  auditList,
  auditVerify,
  find,
  overview,
  serviceFilterGaps,
  serviceGet,
  serviceImpact,
  serviceList,
  serviceTokenList,
  tokenGrant,
} from '../../../shared/protocol/queries.ts'
import type { Query } from '../../../shared/protocol/query.ts'
import { getAccessToken, listAccessTokens, tokenGrantOf } from './access-tokens.ts'
import { getAccount, listAccounts } from './accounts.ts'
import { getApplication, listApplications } from './applications.ts'
import { exportAudit, listAudit, verifyAudit } from './audit.ts'
import { demand, type QueryContext } from './context.ts'
import { listTestable, runCredentialsTest } from './credentials-test.ts'
import { findHits } from './find.ts'
import { getMember, listMembers } from './members.ts'
import { readOverview } from './overview.ts'
import { countFilterGaps, getService, listServices, listServiceTokens, readImpact } from './services.ts'

type Handler = (context: QueryContext, input: never) => Promise<unknown>

const handlers = new Map<string, Handler>()

/** Ties a handler to its query; the types of both must agree. */
function serve<S extends z.ZodType, Output>(
  query: Query<string, S, Output>,
  handler: (context: QueryContext, input: z.output<S>) => Promise<Output>,
): void {
  handlers.set(query.name, handler as Handler)
}

serve(overview, readOverview)
serve(find, findHits)
serve(tokenGrant, tokenGrantOf)
serve(accessTokenList, listAccessTokens)
serve(accessTokenGet, getAccessToken)
serve(serviceList, listServices)
serve(serviceGet, getService)
serve(serviceImpact, readImpact)
serve(serviceFilterGaps, countFilterGaps)
serve(serviceTokenList, listServiceTokens)
serve(memberList, listMembers)
serve(memberGet, getMember)
serve(accountList, listAccounts)
serve(accountGet, getAccount)
serve(applicationList, listApplications)
serve(applicationGet, getApplication)
serve(testCredentials, runCredentialsTest)
serve(testableApplications, listTestable)
serve(auditList, listAudit)
serve(auditExport, exportAudit)
serve(auditVerify, verifyAudit)

/** Answers a query whose input was validated at the door. */
export async function answer<Output>(
  query: Query<string, z.ZodType, Output>,
  input: unknown,
  context: QueryContext,
): Promise<Output> {
  const handler = handlers.get(query.name)
  if (handler === undefined) throw new Error(`No handler for the query ${query.name}.`)
  // M6: nothing is answered to a person who is not active, whatever a query asks beside that.
  if (context.actor.kind === 'member') demand(context, 'workspace.view')
  return (await handler(context, input as never)) as Output
}
