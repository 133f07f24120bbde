import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { trpc } from '../../app/ask.ts'
import { useMay, useWhyNot } from '../../app/person.ts'
import { refusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiEditIcon } from '../../components/icons.ts'
import { ObjectGate } from '../../components/ObjectGate.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { MigratedNote } from '../service-lifecycle/MigratedNote.tsx'
import { ServiceMenu } from '../service-lifecycle/ServiceMenu.tsx'
import { TestLink } from '../test-credentials/TestLink.tsx'
import { EditService } from './EditService.tsx'
import { ServiceStateWord } from './ServiceStateWord.tsx'
import { serviceTabs } from './tabs.ts'

export function ServicePage() {
  const { t } = useTranslation()
  const may = useMay()
  const whyNot = useWhyNot()
  const { id = '', tab = 'overview' } = useParams({ strict: false })
  const answer = useQuery(trpc.service.get.queryOptions({ id }))
  const tabs = serviceTabs.filter(({ needs }) => needs === undefined || may(needs, id))
  const current = tabs.find((entry) => entry.id === tab) ?? tabs[0]
  const crumbs = [{ title: t('services.title'), to: '/services' }]
  return (
    <ObjectGate answer={answer} crumbs={crumbs}>
      {(service) => {
        const refused = whyNot('service.edit', id)
        const Body = current?.component
        return (
          <div className="lk-page">
            <PageHeader
              title={service.name}
              crumbs={crumbs}
              facts={
                <>
                  <ServiceStateWord state={service.state} />
                  <span className="lk-subtle">{t(`services.patterns.${service.pattern}`)}</span>
                </>
              }
              actions={
                <>
                  <TestLink serviceId={id} />
                  <ActionButton
                    variant="tertiary"
                    icon={<RhUiEditIcon />}
                    reason={refused && refusalText(refused)}
                    onClick={() => openDialog((close) => <EditService service={service} onClose={close} />)}
                  >
                    {t('common.edit')}
                  </ActionButton>
                  <ServiceMenu service={service} />
                </>
              }
            />
            <nav className="lk-tabs" aria-label={service.name}>
              {tabs.map((entry) => (
                <Link
                  key={entry.id}
                  to={entry.id === 'overview' ? `/services/${id}` : `/services/${id}/${entry.id}`}
                  activeOptions={{ exact: true }}
                  aria-current={entry === current ? 'page' : undefined}
                >
                  {t(entry.titleKey)}
                  {entry.count && <span className="lk-tag">{figure(entry.count(service))}</span>}
                </Link>
              ))}
            </nav>
            <MigratedNote service={service} />
            {Body && <Body key={id} service={service} />}
          </div>
        )
      }}
    </ObjectGate>
  )
}
