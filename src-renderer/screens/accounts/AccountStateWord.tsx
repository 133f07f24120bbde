import { useTranslation } from 'react-i18next'
import type { AccountState } from '../../../shared/domain/account-schema.ts'
import { State } from '../../components/small.tsx'

export const accountKinds = { approved: 'ok', pending: 'waiting', suspended: 'paused', rejected: 'over' } as const

export function AccountStateWord({ state }: { readonly state: AccountState }) {
  const { t } = useTranslation()
  return <State kind={accountKinds[state]}>{t(`accounts.states.${state}`)}</State>
}
