import { Button } from '@patternfly/react-core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { patterns } from '../../../shared/domain/service-schema.ts'
import { useActions } from '../../app/actions/registry.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column, RowAction } from '../../components/data-table.ts'
import { FilterCards } from '../../components/FilterCards.tsx'
import { FindBox } from '../../components/FindBox.tsx'
import {
  RhUiAddIcon,
  RhUiCaretDownIcon,
  RhUiCubesIcon,
  RhUiEditIcon,
  RhUiFilterIcon,
  RhUiKeyIcon,
} from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Mono, RelativeTime, ShortDate } from '../../components/small.tsx'
import { useFind } from '../../components/use-find.ts'
import { useList } from '../../components/use-list.ts'
import { useSearchState } from '../../components/use-search-state.ts'
import { figure } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { EditService } from './EditService.tsx'
import { RotateServiceToken } from './RotateServiceToken.tsx'
import { ServiceStateWord } from './ServiceStateWord.tsx'
import type { serviceSearch } from './search.ts'

const order = ['live', 'suspended', 'retired'] as const
const kinds = { live: 'ok', suspended: 'paused', retired: 'over' } as const

export function ServiceList() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const [search, change] = useSearchState<z.output<typeof serviceSearch>>()
  const find = useFind(
    search.q,
    useCallback((q: string | undefined) => change({ q }), [change]),
  )
  const filters = {
    search: find.text,
    sort: search.sort ?? 'name',
    direction: search.dir ?? 'asc',
    ...(search.state && { state: search.state }),
    ...(search.pattern && { pattern: search.pattern }),
  } as const
  const list = useList({
    key: trpc.service.list.queryKey(filters),
    fetch: (window) => ask.service.list.query({ ...filters, ...window }),
    secret: find.secret,
  })
  const refused = whyNot('service.create')
  const createReason = refused && refusalText(refused)

  const columns = useMemo(
    (): readonly Column<ServiceRow>[] => [
      {
        id: 'name',
        title: t('services.name'),
        sort: 'name',
        cell: (row) => (
          <Link to={`/services/${row.id}`} className="lk-name" tabIndex={-1}>
            {row.name}
          </Link>
        ),
      },
      {
        id: 'systemName',
        title: t('services.systemName'),
        sort: 'systemName',
        width: '17%',
        hideable: true,
        cell: (row) => <Mono subtle>{row.systemName}</Mono>,
      },
      {
        id: 'pattern',
        title: t('services.pattern'),
        width: '16%',
        hideable: true,
        cell: (row) => t(`services.patterns.${row.pattern}`),
      },
      { id: 'state', title: t('services.state'), width: '12%', cell: (row) => <ServiceStateWord state={row.state} /> },
      {
        id: 'applications',
        title: t('services.applications'),
        width: '10%',
        align: 'end',
        hideable: true,
        cell: (row) => figure(row.applications),
      },
      {
        id: 'updatedAt',
        title: t('services.updatedAt'),
        sort: 'updatedAt',
        first: 'desc',
        width: '12%',
        hideable: true,
        cell: (row) => <RelativeTime at={row.updatedAt} />,
      },
      {
        id: 'createdAt',
        title: t('services.createdAt'),
        sort: 'createdAt',
        first: 'desc',
        width: '11%',
        hideable: true,
        cell: (row) => <ShortDate at={row.createdAt} />,
      },
    ],
    [t],
  )
  const rowActions = useCallback(
    (row: ServiceRow): readonly RowAction[] => {
      const edit = whyNot('service.edit', row.id)
      const rotate = whyNot('serviceToken.rotate', row.id)
      const ending = row.tokens.some(({ endsAt }) => endsAt !== 0) ? t('refusal.rotation_under_way') : undefined
      return [
        {
          id: 'service.edit',
          titleKey: 'services.edit',
          icon: RhUiEditIcon,
          keys: 'e',
          reason: edit && refusalText(edit),
          run: () => openDialog((close) => <EditService service={row} onClose={close} />),
        },
        {
          id: 'service.rotate',
          titleKey: 'services.rotate',
          icon: RhUiKeyIcon,
          keys: 'r',
          reason: rotate ? refusalText(rotate) : ending,
          run: () =>
            openDialog((close) => <RotateServiceToken serviceId={row.id} serviceName={row.name} onClose={close} />),
        },
      ]
    },
    [t, whyNot, refusalText],
  )
  useActions(
    useMemo(
      () => [
        {
          id: 'service.create',
          group: 'create',
          titleKey: 'services.create',
          keys: 'n',
          icon: RhUiAddIcon,
          reason: () => createReason,
          run: ({ navigate }) => navigate('/services/new'),
        },
      ],
      [createReason],
    ),
  )

  const add = (
    <ActionButton
      variant="primary"
      icon={<RhUiAddIcon />}
      reason={createReason}
      onClick={() => void navigate({ to: '/services/new' })}
    >
      {t('services.create')}
    </ActionButton>
  )
  return (
    <div className="lk-page">
      <PageHeader title={t('services.title')} sentence={t('services.sentence')} actions={add} />
      <div className="lk-body lk-fill">
        <FilterCards
          label={t('services.state')}
          selected={search.state}
          onSelect={(state) => change({ state })}
          cards={order.map((id) => ({
            id,
            kind: kinds[id],
            title: t(`services.states.${id}`),
            meaning: t(`services.meaning.${id}`),
            count: list.page?.counts[id],
          }))}
        />
        <DataTable
          id="services"
          title={t('services.title')}
          list={list}
          all={list.page?.all}
          columns={columns}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
          dimmed={(row) => row.state === 'retired'}
          sort={{ field: filters.sort, direction: filters.direction }}
          onSort={({ field, direction }) => change({ sort: field as typeof filters.sort, dir: direction })}
          chips={[
            ...(search.state
              ? [
                  {
                    id: 'state',
                    title: t(`services.states.${search.state}`),
                    clear: () => change({ state: undefined }),
                  },
                ]
              : []),
            ...(search.pattern
              ? [
                  {
                    id: 'pattern',
                    title: t(`services.patterns.${search.pattern}`),
                    clear: () => change({ pattern: undefined }),
                  },
                ]
              : []),
          ]}
          tools={
            <>
              <FindBox label={t('services.find')} value={find.text} onFind={find.onFind} withKey />
              <MenuButton
                label={t('services.pattern')}
                className="lk-filter"
                end
                items={patterns.map((id) => ({
                  id,
                  title: t(`services.patterns.${id}`),
                  checked: search.pattern === id,
                  run: () => change({ pattern: search.pattern === id ? undefined : id }),
                }))}
              >
                <RhUiFilterIcon />
                {t('services.pattern')}
                <RhUiCaretDownIcon />
              </MenuButton>
            </>
          }
          rowActions={rowActions}
          onOpen={(row) => void navigate({ to: `/services/${row.id}` })}
          empty={{
            icon: RhUiCubesIcon,
            sentence: t('services.empty'),
            action: createReason === undefined && (
              <Button variant="primary" onClick={() => void navigate({ to: '/services/new' })}>
                {t('services.create')}
              </Button>
            ),
          }}
          filtered={find.text !== '' || search.state !== undefined || search.pattern !== undefined}
          onClearFilters={() => {
            find.onFind('')
            change({ q: undefined, state: undefined, pattern: undefined })
          }}
        />
      </div>
    </div>
  )
}
