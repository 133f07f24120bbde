import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiDuplicateIcon } from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { ChangeServiceState } from './dialogs.tsx'

/** On a service that was migrated: where to, and the way to retire it once nobody calls it any more (A2). */
export function MigratedNote({ service }: { readonly service: ServiceRow }) {
  const { t } = useTranslation()
  const { refusalText } = useRefusalText()
  const refused = useWhyNot()('service.edit', service.id)
  const { migratedTo = '', migratedFrom = '', state } = service
  const other = useQuery({
    ...trpc.service.get.queryOptions({ id: migratedTo || migratedFrom }),
    enabled: migratedTo !== '' || migratedFrom !== '',
    retry: false,
  }).data
  if (!other) return null
  const out = migratedTo !== ''
  return (
    <div className="lk-note lk-quiet lk-migrated">
      <RhUiDuplicateIcon />
      <div>
        {t(out ? 'integration.wentTo' : 'integration.cameFrom')}{' '}
        <Link className="lk-link" to={`/services/${other.id}`}>
          {other.name}
        </Link>
        {out && state !== 'retired' && <p>{t('integration.retireWhen')}</p>}
      </div>
      {out && state !== 'retired' && (
        <ActionButton
          variant="tertiary"
          size="sm"
          reason={refused && refusalText(refused)}
          onClick={() => openDialog((close) => <ChangeServiceState service={service} verb="retire" onClose={close} />)}
        >
          {t('plans.lifecycle.retire')}
        </ActionButton>
      )}
    </div>
  )
}
