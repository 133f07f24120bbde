import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { trpc } from '../../app/ask.ts'
import { useMay, useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { RhUiAddIcon, RhUiEditIcon, RhUiEllipsisVerticalIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { ObjectGate } from '../../components/ObjectGate.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Avatar, Mono, Note, RelativeTime, ShortDate } from '../../components/small.tsx'
import { openDialog } from '../../state/dialogs.tsx'
import { ApplicationTable } from '../applications/ApplicationTable.tsx'
import { RecentChanges } from '../applications/RecentChanges.tsx'
import { useNewApplication } from '../applications/use-new-application.tsx'
import { shortId } from '../applications/words.tsx'
import { AccountStateWord } from './AccountStateWord.tsx'
import { EditDeveloper, RemoveDeveloper } from './dialogs.tsx'
import type { AccountRow } from './rows.ts'
import { useAccountActions } from './use-account-actions.tsx'

export function AccountPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const answer = useQuery(trpc.account.get.queryOptions({ id }))
  const crumbs = [{ title: t('accounts.title'), to: '/accounts' }]
  return (
    <ObjectGate answer={answer} crumbs={crumbs}>
      {(account) => <Page account={account} />}
    </ObjectGate>
  )
}

function Page({ account }: { readonly account: AccountRow }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const { id, name, state } = account
  const onDeleted = useMemo(() => () => void navigate({ to: '/accounts' }), [navigate])
  const actionsOf = useAccountActions(onDeleted)
  const actions = useMemo(() => actionsOf(account), [actionsOf, account])
  useActions(
    useMemo(
      () =>
        actions.map(({ id, titleKey, icon, keys, reason, run }) => ({
          id: `page.${id}`,
          group: 'here' as const,
          titleKey,
          about: name,
          ...(icon && { icon }),
          // Del on the page of an account would be too near to a key of the list in it.
          ...(keys !== undefined && keys !== 'Delete' && { keys }),
          reason: () => reason,
          run,
        })),
      [actions, name],
    ),
  )
  const blocked = state === 'approved' ? undefined : t('accounts.notApproved')
  const { button, emptyAction } = useNewApplication({ account: id }, blocked)
  const steps = actions.filter(({ id }) => id !== 'account.edit' && id !== 'account.delete')
  const rest = actions.filter((action) => !steps.includes(action))
  return (
    <div className="lk-page">
      <PageHeader
        title={name}
        crumbs={[{ title: t('accounts.title'), to: '/accounts' }]}
        facts={<AccountStateWord state={state} />}
        actions={
          <>
            {steps.map(({ id, icon: Icon, reason, run, titleKey }) => (
              <ActionButton key={id} variant="tertiary" {...(Icon && { icon: <Icon /> })} reason={reason} onClick={run}>
                {t(titleKey)}
              </ActionButton>
            ))}
            <MenuButton
              label={t('common.moreActions', { name })}
              className="lk-icon-button lk-32 lk-framed"
              end
              items={rest.map((action) => ({ ...action, title: t(action.titleKey) }))}
            >
              <RhUiEllipsisVerticalIcon />
            </MenuButton>
            {button}
          </>
        }
      />
      <div className="lk-body">
        {state !== 'approved' && <Note title={t(`accounts.blocked.${state}`)} />}
        <div className="lk-columns">
          <div className="lk-stack">
            {may('application.view') && <ApplicationTable accountId={id} emptyAction={emptyAction} />}
          </div>
          <div className="lk-stack">
            <Developers account={account} />
            <RecentChanges objectId={id} />
            <Facts account={account} />
          </div>
        </div>
      </div>
    </div>
  )
}

function Developers({ account }: { readonly account: AccountRow }) {
  const { t } = useTranslation()
  const refused = useWhyNot()('account.edit')
  const { refusalText } = useRefusalText()
  const reason = refused && refusalText(refused)
  const { developers } = account
  return (
    <section className="lk-panel" aria-label={t('accounts.developers')}>
      <div className="lk-toolbar">
        <h2>
          {t('accounts.developers')} <span>{developers.length}</span>
        </h2>
        <span className="lk-space" />
        <ActionButton
          variant="link"
          size="sm"
          icon={<RhUiAddIcon />}
          reason={reason}
          onClick={() => openDialog((close) => <EditDeveloper account={account} onClose={close} />)}
        >
          {t('accounts.addDeveloper')}
        </ActionButton>
      </div>
      {developers.length === 0 ? (
        <p className="lk-panel-body lk-subtle">{t('accounts.noDevelopers')}</p>
      ) : (
        <ul className="lk-lines lk-people">
          {developers.map((developer) => (
            <li key={developer.id}>
              <Avatar name={developer.name} />
              <div>
                <p className="lk-strong lk-ellipsis">{developer.name}</p>
                <p className="lk-small lk-subtle lk-ellipsis">{developer.email}</p>
              </div>
              <MenuButton
                label={t('common.moreActions', { name: developer.name })}
                end
                items={[
                  {
                    id: 'edit',
                    title: t('accounts.editDeveloper'),
                    icon: RhUiEditIcon,
                    reason,
                    run: () =>
                      openDialog((close) => <EditDeveloper account={account} developer={developer} onClose={close} />),
                  },
                  {
                    id: 'remove',
                    title: t('accounts.removeDeveloper'),
                    icon: RhUiTrashIcon,
                    danger: true,
                    reason,
                    run: () =>
                      openDialog((close) => (
                        <RemoveDeveloper account={account} developer={developer} onClose={close} />
                      )),
                  },
                ]}
              >
                <RhUiEllipsisVerticalIcon />
              </MenuButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Facts({ account }: { readonly account: AccountRow }) {
  const { t } = useTranslation()
  const { id, createdAt, updatedAt, note } = account
  return (
    <section className="lk-panel" aria-label={t('accounts.facts')}>
      <dl className="lk-facts lk-panel-body">
        <dt>{t('accounts.created')}</dt>
        <dd>
          <ShortDate at={createdAt} />
        </dd>
        <dt>{t('accounts.changed')}</dt>
        <dd>
          <RelativeTime at={updatedAt} />
        </dd>
        <dt>{t('accounts.record')}</dt>
        <dd className="lk-cell">
          <span title={id}>
            <Mono>{shortId(id)}</Mono>
          </span>
          <CopyButton variant="icon" label={t('accounts.copyRecord')} text={id} />
        </dd>
        <dt>{t('accounts.note')}</dt>
        <dd className="lk-prewrap">{note || <span className="lk-subtle">{t('accounts.none')}</span>}</dd>
      </dl>
    </section>
  )
}
