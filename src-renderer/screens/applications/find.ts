/** What pickers find: accounts, services and applications, by the same lists that the screens show. */
import { ask } from '../../app/ask.ts'
import type { Pick } from './Picker.tsx'

const most = 30

/** Only approved accounts: no application can be made in another. */
export async function findAccounts(search: string): Promise<readonly Pick[]> {
  const { rows } = await ask.account.list.query({ search, state: 'approved', limit: most })
  return rows.map(({ id, name, developers }) => ({ id, name, detail: developers[0]?.email ?? '' }))
}

export async function findServices(search: string): Promise<readonly Pick[]> {
  const { rows } = await ask.service.list.query({ search, limit: most })
  return rows.map(({ id, name, systemName }) => ({ id, name, detail: systemName }))
}

export async function findApplications(search: string, serviceId: string): Promise<readonly Pick[]> {
  const { rows } = await ask.application.list.query({ search, serviceId, limit: most })
  return rows.map(({ id, name, accountName }) => ({ id, name, detail: accountName }))
}

/** The same for who may test credentials and not look at applications. */
export async function findTestable(search: string, serviceId: string): Promise<readonly Pick[]> {
  const rows = await ask.application.testable.query({ search, serviceId, limit: most })
  return rows.map(({ id, name, accountName }) => ({ id, name, detail: accountName }))
}
