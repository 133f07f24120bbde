/** Accounts with the number of their applications that the actor may see (T8). */
import type * as z from 'zod'
import { viewAccount } from '../../../shared/domain/account.ts'
import { type Account, type AccountState, accountStates } from '../../../shared/domain/account-schema.ts'
import { emailSchema } from '../../../shared/domain/text.ts'
import type { AccountPage, AccountRow, accountList } from '../../../shared/protocol/account-queries.ts'
import { maxPage } from '../../../shared/protocol/query.ts'
import { allOf, demand, must, named, type QueryContext, withinServices } from './context.ts'

async function accountRow(context: QueryContext, account: Account): Promise<AccountRow> {
  const visible = allOf([{ accountId: account.id }, ...withinServices(context, 'serviceId')])
  return { ...viewAccount(account), applications: await context.store.count('application', visible) }
}

/**
 * The name contains the text, or it is the record's id; else it may be a developer's e-mail: whole, as it is written
 * or in small letters.
 * Developers have no index of their own: they are looked through once, not for each figure of the page.
 */
export async function searchAccounts(context: QueryContext, search: string): Promise<Record<string, unknown>[]> {
  const wanted = search.trim()
  const byText = named(wanted)
  if (!emailSchema.safeParse(wanted).success || (await context.store.count('account', allOf(byText))) > 0) return byText
  const emails = [...new Set([wanted, wanted.toLowerCase()])]
  const owners = await context.store.find('account', {
    selector: { $or: emails.map((email) => ({ developers: { $elemMatch: { email } } })) },
    limit: maxPage,
  })
  return [{ id: { $in: owners.map(({ id }) => id) } }]
}

export async function listAccounts(
  context: QueryContext,
  input: z.output<typeof accountList.input>,
): Promise<AccountPage> {
  demand(context, 'account.view')
  const base = await searchAccounts(context, input.search)
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
