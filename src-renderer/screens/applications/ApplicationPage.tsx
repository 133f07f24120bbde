import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { trpc } from '../../app/ask.ts'
import { useMay, useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import type { RowAction } from '../../components/data-table.ts'
import { RhUiEllipsisVerticalIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { ObjectGate } from '../../components/ObjectGate.tsx'
import { type Crumb, PageHeader } from '../../components/PageHeader.tsx'
import { Mono, Note, RelativeTime, ShortDate } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { CredentialsPanel } from './CredentialsPanel.tsx'
import { ChangePlan } from './dialogs.tsx'
import { FilterPanels } from './FilterPanels.tsx'
import { RecentChanges } from './RecentChanges.tsx'
import type { ApplicationDetail } from './rows.ts'
import { useApplicationActions } from './use-application-actions.tsx'
import { type CredentialAction, useCredentialAction, useRollActions } from './use-credential-actions.tsx'
import { ApplicationStateWord, shortId } from './words.tsx'

export function ApplicationPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const answer = useQuery(trpc.application.get.queryOptions({ id }))
  const { data } = answer
  const crumbs: readonly Crumb[] = data
    ? [
        { title: t('services.title'), to: '/services' },
        { title: data.serviceName, to: `/services/${data.serviceId}` },
        { title: t('applications.title'), to: `/services/${data.serviceId}/applications` },
      ]
    : [{ title: t('applications.title'), to: '/applications' }]
  return (
    <ObjectGate answer={answer} crumbs={crumbs}>
      {/* The router keeps this component from one application to the next: what was typed and shown must not go along. */}
      {(application) => <Page key={application.id} application={application} crumbs={crumbs} />}
    </ObjectGate>
  )
}

/** What stands in the way of every call, whatever the application's own state. */
function Blocked({ application }: { readonly application: ApplicationDetail }) {
  const { t } = useTranslation()
  const { state, accountState, accountName, serviceState, serviceName } = application
  if (serviceState !== 'live') {
    return (
      <Note
        title={t('applications.serviceBlocks', { name: serviceName, state: t(`services.states.${serviceState}`) })}
      />
    )
  }
  if (accountState !== 'approved') {
    return (
      <Note
        title={t('applications.accountBlocks', { name: accountName, state: t(`accounts.states.${accountState}`) })}
      />
    )
  }
  if (state === 'pending') return <Note title={t('applications.pendingText')} />
  if (state === 'suspended') return <Note title={t('applications.suspendedText')} />
  return null
}

function Page({ application, crumbs }: { readonly application: ApplicationDetail; readonly crumbs: readonly Crumb[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const { id, serviceId, accountId, name } = application
  const edit = whyNot('application.edit', serviceId)
  const reveal = whyNot('application.reveal', serviceId)
  const reason = edit && refusalText(edit)
  const onDeleted = useMemo(() => () => void navigate({ to: '/applications' }), [navigate])
  const actionsOf = useApplicationActions(onDeleted)
  const actions = useMemo(() => actionsOf(application), [actionsOf, application])
  const credentialAction = useCredentialAction(application, reason)
  const rollActions = useRollActions(application, reason)
  useActions(
    useMemo(
      () =>
        [...actions, credentialAction, ...rollActions].map(
          ({ id, titleKey, about, icon, keys, reason, run }: CredentialAction) => ({
            id: `page.${id}`,
            group: 'here' as const,
            titleKey,
            about: about === undefined ? name : `${name} · ${about}`,
            ...(icon && { icon }),
            ...(keys !== undefined && { keys }),
            reason: () => reason,
            run,
          }),
        ),
      [actions, credentialAction, rollActions, name],
    ),
  )
  const [test, move, ...rest] = actions
  return (
    <div className="lk-page">
      <PageHeader
        title={name}
        crumbs={crumbs}
        facts={
          <>
            <ApplicationStateWord state={application.state} />
            <span className="lk-subtle">{'·'}</span>
            {may('account.view') ? (
              <Link className="lk-link lk-strong" to={`/accounts/${accountId}`}>
                {application.accountName}
              </Link>
            ) : (
              <span>{application.accountName}</span>
            )}
            {application.planName !== '' && (
              <span className="lk-subtle">
                {'· '}
                {t('applications.planOf', { plan: application.planName })}
              </span>
            )}
          </>
        }
        sentence={application.description || undefined}
        actions={
          <>
            {[test, move].map((action) => action && <HeaderButton key={action.id} action={action} />)}
            <MenuButton
              label={t('common.moreActions', { name })}
              className="lk-icon-button lk-32 lk-framed"
              end
              items={rest.map((action) => ({ ...action, title: t(action.titleKey) }))}
            >
              <RhUiEllipsisVerticalIcon />
            </MenuButton>
          </>
        }
      />
      <div className="lk-body">
        <Blocked application={application} />
        <div className="lk-columns">
          <div className="lk-stack">
            <CredentialsPanel application={application} reason={reason} hidden={reveal && refusalText(reveal)} />
            <FilterPanels application={application} reason={reason} />
            <Limits application={application} reason={reason} />
          </div>
          <div className="lk-stack">
            <RecentChanges objectId={id} />
            <Facts application={application} />
          </div>
        </div>
      </div>
    </div>
  )
}

function HeaderButton({ action }: { readonly action: RowAction }) {
  const { t } = useTranslation()
  const Icon = action.icon
  return (
    <ActionButton variant="tertiary" {...(Icon && { icon: <Icon /> })} reason={action.reason} onClick={action.run}>
      {t(action.titleKey)}
    </ActionButton>
  )
}

/** P2: what the plan lets through. */
function Limits({
  application,
  reason,
}: {
  readonly application: ApplicationDetail
  readonly reason: string | undefined
}) {
  const { t } = useTranslation()
  const { limits, planName } = application
  return (
    <section className="lk-panel" aria-label={t('applications.limits')}>
      <div className="lk-toolbar">
        <h2>
          {t('applications.limits')}{' '}
          <span>{planName === '' ? t('applications.withoutPlan') : t('applications.planOf', { plan: planName })}</span>
        </h2>
        <span className="lk-space" />
        <ActionButton
          variant="link"
          size="sm"
          reason={reason}
          onClick={() => openDialog((close) => <ChangePlan rows={[application]} onClose={close} />)}
        >
          {t('applications.changePlan')}
        </ActionButton>
      </div>
      {limits.length === 0 ? (
        <p className="lk-panel-body lk-subtle">{t('applications.noLimits')}</p>
      ) : (
        <div className="lk-scroll">
          <table className="pf-v6-c-table pf-m-compact lk-table lk-limits" aria-label={t('applications.limits')}>
            <thead className="pf-v6-c-table__thead">
              <tr className="pf-v6-c-table__tr">
                <th className="pf-v6-c-table__th" scope="col">
                  {t('applications.metric')}
                </th>
                <th className="pf-v6-c-table__th" scope="col">
                  {t('applications.period')}
                </th>
                <th className="pf-v6-c-table__th lk-end" scope="col">
                  {t('applications.limit')}
                </th>
              </tr>
            </thead>
            <tbody className="pf-v6-c-table__tbody">
              {limits.map(({ metric, period, value }) => (
                <tr key={`${metric} ${period}`} className="pf-v6-c-table__tr">
                  <td className="pf-v6-c-table__td">
                    <Mono>{metric}</Mono>
                  </td>
                  <td className="pf-v6-c-table__td">{t(`applications.periods.${period}`)}</td>
                  <td className="pf-v6-c-table__td lk-end">{figure(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Facts({ application }: { readonly application: ApplicationDetail }) {
  const { t } = useTranslation()
  return (
    <section className="lk-panel" aria-label={t('applications.facts')}>
      <dl className="lk-facts lk-panel-body">
        <dt>{t('applications.pattern')}</dt>
        <dd>{t(`services.patterns.${application.pattern}`)}</dd>
        <dt>{t('applications.lastUsed')}</dt>
        <dd>
          <RelativeTime at={application.lastUsedAt} />
        </dd>
        <dt>{t('applications.created')}</dt>
        <dd>
          <ShortDate at={application.createdAt} />
        </dd>
        {application.acceptedAt !== 0 && (
          <>
            <dt>{t('applications.accepted')}</dt>
            <dd>
              <ShortDate at={application.acceptedAt} />
            </dd>
          </>
        )}
        <dt>{t('applications.changed')}</dt>
        <dd>
          <RelativeTime at={application.updatedAt} />
        </dd>
        {application.migratedFrom !== undefined && (
          <>
            <dt>{t('applications.migratedFrom')}</dt>
            <dd>
              <Link className="lk-link" to={`/applications/${application.migratedFrom}`}>
                {t('applications.openOld')}
              </Link>
            </dd>
          </>
        )}
        <dt>{t('applications.record')}</dt>
        <dd className="lk-cell">
          <span title={application.id}>
            <Mono>{shortId(application.id)}</Mono>
          </span>
          <CopyButton variant="icon" label={t('applications.copyRecord')} text={application.id} />
        </dd>
      </dl>
    </section>
  )
}
