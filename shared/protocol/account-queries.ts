/** Accounts as the console lists them. */
import * as z from 'zod'
import type { AccountView } from '../domain/account.ts'
import { type AccountState, accountStates } from '../domain/account-schema.ts'
import { ulidSchema } from '../domain/id.ts'
import { defineQuery, listShape, type Page } from './query.ts'

export interface AccountRow extends AccountView {
  readonly applications: number
}
export interface AccountPage extends Page<AccountRow> {
  readonly counts: Readonly<Record<AccountState, number>>
  readonly all: number
}
export const accountList = defineQuery<AccountPage>()(
  'account.list',
  z.strictObject({ ...listShape(['name', 'createdAt']), state: z.enum(accountStates).optional() }),
)
export const accountGet = defineQuery<AccountRow>()('account.get', z.strictObject({ id: ulidSchema }))
