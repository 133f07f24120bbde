/** Accounts with the number of their applications that the actor may see (T8). */
import type * as z from 'zod'
import { viewAccount } from '../../../shared/domain/account.ts'
import { type Account, type AccountState, accountStates } from '../../../shared/domain/account-schema.ts'
import type { AccountPage, AccountRow, accountList } from '../../../shared/protocol/account-queries.ts'
import { allOf, contains, demand, must, type QueryContext, withinServices } from './context.ts'

async function accountRow(context: QueryContext, account: Account): Promise<AccountRow> {
  const visible = allOf([{ accountId: account.id }, ...withinServices(context, 'serviceId')])
  return { ...viewAccount(account), applications: await context.store.count('application', visible) }
}

export async function listAccounts(
  context: QueryContext,
  input: z.output<typeof accountList.input>,
): Promise<AccountPage> {
  demand(context, 'account.view')
  const base = contains('name', input.search)
  const filtered = input.state === undefined ? base : [...base, { state: input.state }]
  const [accounts, total, all, counts] = await Promise.all([
    context.store.find('account', {
      selector: allOf(filtered),
      sort: { field: input.sort, direction: input.direction },
      skip: input.skip,
      limit: input.limit,
    }),
    context.store.count('account', allOf(filtered)),
    context.store.count('account', allOf(base)),
    Promise.all(
      accountStates.map(async (state) => [state, await context.store.count('account', allOf([...base, { state }]))]),
    ),
  ])
  const rows = await Promise.all(accounts.map((account) => accountRow(context, account)))
  return { rows, total, all, counts: Object.fromEntries(counts) as Record<AccountState, number> }
}

export async function getAccount(context: QueryContext, { id }: { id: string }): Promise<AccountRow> {
  demand(context, 'account.view')
  return accountRow(context, await must(context, 'account', id))
}
