/** The list of applications: of the workspace, of one service, or of one account. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { maxBulk } from '../../../shared/domain/application-bulk.ts'
import type { ApplicationFilter } from '../../../shared/protocol/application-queries.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useOpenWorkspace, useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/data-table.ts'
import { FilterCards } from '../../components/FilterCards.tsx'
import { FindBox } from '../../components/FindBox.tsx'
import {
  RhUiApplicationsIcon,
  RhUiCaretDownIcon,
  RhUiCheckIcon,
  RhUiExportIcon,
  RhUiFilterIcon,
  RhUiPauseIcon,
  RhUiPlayIcon,
  RhUiTagIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { Mono, RelativeTime, ShortDate } from '../../components/small.tsx'
import type { BulkAction } from '../../components/Toolbar.tsx'
import { useFind } from '../../components/use-find.ts'
import { useList } from '../../components/use-list.ts'
import { useSearchState } from '../../components/use-search-state.ts'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { exportApplications } from '../transfer/export-applications.ts'
import { useTransferReasons } from '../transfer/use-transfer-reasons.ts'
import { startMany } from './bulk.tsx'
import { ChangePlan, DeleteApplications } from './dialogs.tsx'
import type { ApplicationRow } from './rows.ts'
import { type ApplicationSearch, applicationSearch } from './search.ts'
import { useApplicationActions } from './use-application-actions.tsx'
import { ApplicationStateWord, CredentialWord, shortId } from './words.tsx'

const cards = [
  { id: 'live', kind: 'ok' },
  { id: 'pending', kind: 'waiting' },
  { id: 'suspended', kind: 'paused' },
  { id: 'keyless', kind: 'warn' },
  { id: 'neverUsed', kind: 'over' },
] as const satisfies readonly { id: ApplicationFilter; kind: string }[]

/** What can be done with a selection, each with the number it applies to. */
const moves = [
  { verb: 'suspend', state: 'live', icon: RhUiPauseIcon },
  { verb: 'resume', state: 'suspended', icon: RhUiPlayIcon },
  { verb: 'accept', state: 'pending', icon: RhUiCheckIcon },
] as const

/** Where names would be cut, App ID and plan make room; the page of an application has both. */
const narrowWindow = matchMedia('(max-width: 1100px)')
function followWidth(changed: () => void): () => void {
  narrowWindow.addEventListener('change', changed)
  return () => narrowWindow.removeEventListener('change', changed)
}

export function ApplicationTable({
  service,
  accountId,
  tools,
  emptyAction,
  main = true,
}: {
  /** Only its applications. */
  readonly service?: ServiceRow
  /** Only its applications. */
  readonly accountId?: string
  readonly tools?: ReactNode
  readonly emptyAction?: ReactNode
  readonly main?: boolean
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const [raw, change] = useSearchState<ApplicationSearch>()
  // As a tab of a service the route has no idea of this list's search.
  const search = useMemo(() => applicationSearch.parse(raw), [raw])
  const find = useFind(
    search.q,
    useCallback((q: string | undefined) => change({ q }), [change]),
  )
  const serviceId = service?.id ?? search.service
  const filters = {
    search: find.text,
    sort: search.sort ?? 'name',
    direction: search.dir ?? 'asc',
    ...(search.filter && { filter: search.filter }),
    ...(serviceId !== undefined && { serviceId }),
    ...(accountId !== undefined && { accountId }),
    ...(service && search.plan !== undefined && { planId: search.plan }),
  } as const
  const list = useList({
    key: trpc.application.list.queryKey(filters),
    fetch: (window) => ask.application.list.query({ ...filters, ...window }),
    secret: find.secret,
  })
  /** Rows that were on screen: a selection is made of these, and its verbs count their states. */
  const seen = useRef(new Map<string, ApplicationRow>())
  const { row } = list
  const watched = {
    ...list,
    row: (index: number) => {
      const found = row(index)
      if (found) seen.current.set(found.id, found)
      return found
    },
  }
  const rowActions = useApplicationActions()
  const refused = whyNot('application.edit')
  const reason = refused && refusalText(refused)
  const { export: exportReason } = useTransferReasons()
  const workspace = useOpenWorkspace()?.name ?? ''

  const narrow = useSyncExternalStore(followWidth, () => narrowWindow.matches)
  const columns = useMemo((): readonly Column<ApplicationRow>[] => {
    const all: readonly Column<ApplicationRow>[] = [
      {
        id: 'name',
        title: t('applications.application'),
        sort: 'name',
        cell: (row) => (
          <Link to={`/applications/${row.id}`} className="lk-name" tabIndex={-1}>
            {row.name}
          </Link>
        ),
      },
      ...(accountId === undefined
        ? [
            {
              id: 'account',
              title: t('applications.account'),
              width: '16%',
              cell: (row: ApplicationRow) => row.accountName,
            },
          ]
        : []),
      ...(service
        ? []
        : [
            {
              id: 'service',
              title: t('applications.service'),
              width: accountId === undefined ? '12%' : '22%',
              hideable: true,
              cell: (row: ApplicationRow) => row.serviceName,
            },
          ]),
      ...(service?.pattern === 'api_key' || accountId !== undefined
        ? []
        : [
            {
              id: 'appId',
              title: t(service?.pattern === 'oauth' ? 'applications.clientId' : 'applications.appId'),
              sort: 'appId',
              width: '9%',
              hideable: true,
              cell: (row: ApplicationRow) => (
                <span title={row.appId}>
                  <Mono subtle>{shortId(row.appId)}</Mono>
                </span>
              ),
            },
          ]),
      {
        id: 'plan',
        title: t('applications.plan'),
        width: accountId === undefined ? '8%' : '14%',
        hideable: true,
        cell: (row) => row.planName,
      },
      {
        id: 'state',
        title: t('applications.state'),
        sort: 'state',
        width: narrow || accountId !== undefined ? '15%' : '10%',
        cell: (row) => <ApplicationStateWord state={row.state} />,
      },
      ...(accountId === undefined
        ? [
            {
              id: 'keys',
              title: t(service?.pattern === 'app_id_key' ? 'applications.keys' : 'applications.credential'),
              width: narrow ? '12%' : '9%',
              hideable: true,
              cell: (row: ApplicationRow) => <CredentialWord row={row} />,
            },
          ]
        : []),
      {
        id: 'lastUsedAt',
        title: t('applications.lastUsed'),
        sort: 'lastUsedAt',
        first: 'desc',
        width: narrow || accountId !== undefined ? '15%' : '10%',
        cell: (row) => <RelativeTime at={row.lastUsedAt} />,
      },
      ...(service
        ? [
            {
              id: 'createdAt',
              title: t('applications.created'),
              sort: 'createdAt',
              first: 'desc' as const,
              width: '12%',
              hideable: true,
              cell: (row: ApplicationRow) => <ShortDate at={row.createdAt} />,
            },
          ]
        : []),
    ]
    return narrow ? all.filter(({ id }) => id !== 'appId' && id !== 'plan') : all
  }, [t, service, accountId, narrow])

  const bulk = (ids: readonly string[], clear: () => void): readonly BulkAction[] => {
    const rows = ids.flatMap((id) => seen.current.get(id) ?? [])
    const oneService = rows.every(({ serviceId }) => serviceId === rows[0]?.serviceId)
    return [
      ...moves.flatMap(({ verb, state, icon }): BulkAction[] => {
        const fitting = rows.filter((row) => row.state === state)
        if (fitting.length === 0) return []
        const run = () => {
          startMany(verb, fitting)
          clear()
        }
        return [{ id: verb, title: t(`applications.${verb}Many`, { count: fitting.length }), icon, reason, run }]
      }),
      {
        id: 'changePlan',
        title: t('applications.changePlan'),
        icon: RhUiTagIcon,
        reason: reason ?? (oneService ? undefined : t('applications.oneServiceOnly')),
        run: () => openDialog((close) => <ChangePlan rows={rows} onDone={clear} onClose={close} />),
      },
      {
        id: 'export',
        title: t('applications.exportMany', { count: ids.length }),
        icon: RhUiExportIcon,
        reason:
          exportReason ?? (ids.length > maxBulk ? t('applications.exportAtMost', { max: figure(maxBulk) }) : undefined),
        // What is chosen stays so: nothing about it has changed.
        run: () => exportApplications(ids, workspace),
      },
      {
        id: 'delete',
        title: t('applications.deleteMany'),
        icon: RhUiTrashIcon,
        danger: true,
        reason,
        run: () => openDialog((close) => <DeleteApplications rows={rows} onDone={clear} onClose={close} />),
      },
    ]
  }

  const planName = service?.plans.find(({ id }) => id === search.plan)?.name
  const services = useQuery({
    ...trpc.service.list.queryOptions({ limit: 200 }),
    enabled: service === undefined && whyNot('service.view') === undefined,
  })
  const serviceRows = services.data?.rows ?? []
  const serviceName = serviceRows.find(({ id }) => id === search.service)?.name
  return (
    <>
      {accountId === undefined && (
        <FilterCards
          label={t('applications.filterBy')}
          selected={search.filter}
          onSelect={(filter) => change({ filter })}
          cards={cards.map(({ id, kind }) => ({
            id,
            kind,
            title: t(`applications.cards.${id}`),
            meaning: t(`applications.meaning.${id}`),
            count: list.page?.counts[id],
          }))}
        />
      )}
      <DataTable
        id={service ? 'applications.service' : accountId === undefined ? 'applications' : 'applications.account'}
        title={t('applications.title')}
        list={watched}
        all={list.page?.all}
        columns={columns}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        sort={{ field: filters.sort, direction: filters.direction }}
        onSort={({ field, direction }) => change({ sort: field as typeof filters.sort, dir: direction })}
        main={main}
        chips={[
          ...(search.filter
            ? [
                {
                  id: 'filter',
                  title: t(`applications.cards.${search.filter}`),
                  clear: () => change({ filter: undefined }),
                },
              ]
            : []),
          ...(!service && search.service !== undefined
            ? [
                {
                  id: 'service',
                  title: serviceName ?? t('applications.service'),
                  clear: () => change({ service: undefined }),
                },
              ]
            : []),
          ...(service && search.plan !== undefined
            ? [{ id: 'plan', title: planName ?? t('applications.plan'), clear: () => change({ plan: undefined }) }]
            : []),
        ]}
        tools={
          <>
            <FindBox label={t('applications.find')} value={find.text} onFind={find.onFind} withKey={main} />
            {service ? (
              service.plans.length > 1 && (
                <Choice
                  label={t('applications.plan')}
                  items={service.plans}
                  chosen={search.plan}
                  onChoose={(plan) => change({ plan })}
                />
              )
            ) : (
              <Choice
                label={t('applications.service')}
                items={serviceRows}
                chosen={search.service}
                onChoose={(service) => change({ service })}
              />
            )}
            {tools}
          </>
        }
        rowActions={rowActions}
        onOpen={(row) => void navigate({ to: `/applications/${row.id}` })}
        bulk={bulk}
        empty={{
          icon: RhUiApplicationsIcon,
          sentence: t(accountId === undefined ? 'applications.empty' : 'applications.emptyAccount'),
          action: emptyAction,
        }}
        filtered={
          find.text !== '' ||
          search.filter !== undefined ||
          (service ? search.plan !== undefined : search.service !== undefined)
        }
        onClearFilters={() => {
          find.onFind('')
          change({ q: undefined, filter: undefined, service: undefined, plan: undefined })
        }}
      />
    </>
  )
}

function Choice({
  label,
  items,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly items: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string | undefined) => void
}) {
  return (
    <MenuButton
      label={label}
      className="lk-filter"
      end
      items={items.map(({ id, name }) => ({
        id,
        title: name,
        checked: chosen === id,
        run: () => onChoose(chosen === id ? undefined : id),
      }))}
    >
      <RhUiFilterIcon />
      {label}
      <RhUiCaretDownIcon />
    </MenuButton>
  )
}
