import { useTranslation } from 'react-i18next'
import type { ServiceState } from '../../../shared/domain/service-schema.ts'
import { State } from '../../components/small.tsx'

const kinds = { live: 'ok', suspended: 'paused', retired: 'over' } as const

export function ServiceStateWord({ state }: { readonly state: ServiceState }) {
  const { t } = useTranslation()
  return <State kind={kinds[state]}>{t(`services.states.${state}`)}</State>
}
