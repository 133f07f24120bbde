import { Button } from '@patternfly/react-core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Scope, scopes } from '../../../shared/domain/access-token-schema.ts'
import type { AccessTokenFilter } from '../../../shared/protocol/queries.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useMay, useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { AccessTokenRow } from '../../app/rows.ts'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/data-table.ts'
import { FilterCards } from '../../components/FilterCards.tsx'
import { FindBox } from '../../components/FindBox.tsx'
import { RhUiCaretDownIcon, RhUiFilterIcon, RhUiKeyIcon, RhUiTrashIcon, RhUiUsersIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { Mono, RelativeTime, ShortDate } from '../../components/small.tsx'
import type { BulkAction } from '../../components/Toolbar.tsx'
import { useFind } from '../../components/use-find.ts'
import { useList } from '../../components/use-list.ts'
import { useSearchState } from '../../components/use-search-state.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { DeleteAccessTokens } from './DeleteAccessTokens.tsx'
import type { TokenSearch } from './search.ts'
import { useTokenActions } from './use-token-actions.tsx'
import { Expiry, hint, RotatedBadge, ScopeTags } from './words.tsx'

const cards = [
  { id: 'active', kind: 'ok' },
  { id: 'expiring', kind: 'warn' },
  { id: 'expired', kind: 'over' },
  { id: 'neverUsed', kind: 'waiting' },
] as const satisfies readonly { id: AccessTokenFilter; kind: string }[]

export function AccessTokens() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const [search, change] = useSearchState<TokenSearch>()
  const find = useFind(
    search.q,
    useCallback((q: string | undefined) => change({ q }), [change]),
  )
  const owner = search.owner === 'all' && may('accessToken.viewAll') ? 'all' : 'own'
  const filters = {
    search: find.text,
    sort: search.sort ?? 'lastUsedAt',
    direction: search.dir ?? (search.sort === undefined ? 'desc' : 'asc'),
    owner,
    ...(search.filter && { filter: search.filter }),
    ...(search.scope && { scope: search.scope }),
  } as const
  const list = useList({
    key: trpc.accessToken.list.queryKey(filters),
    fetch: (window) => ask.accessToken.list.query({ ...filters, ...window }),
    secret: find.secret,
  })
  const rowActions = useTokenActions()
  /** Rows that were on screen: a selection is made of these. */
  const seen = useRef(new Map<string, AccessTokenRow>())
  const { row } = list
  const watched = {
    ...list,
    row: (index: number) => {
      const found = row(index)
      if (found) seen.current.set(found.id, found)
      return found
    },
  }
  const bulk = (ids: readonly string[], clear: () => void): readonly BulkAction[] => {
    const tokens = ids.flatMap((id) => seen.current.get(id) ?? [])
    const refused = whyNot(tokens.every(({ own }) => own) ? 'accessToken.own' : 'accessToken.deleteAny')
    return [
      {
        id: 'delete',
        title: t('tokens.deleteMany', { count: tokens.length }),
        icon: RhUiTrashIcon,
        danger: true,
        reason: refused && refusalText(refused),
        run: () => openDialog((close) => <DeleteAccessTokens tokens={tokens} onDone={clear} onClose={close} />),
      },
    ]
  }

  const columns = useMemo(
    (): readonly Column<AccessTokenRow>[] => [
      {
        id: 'name',
        title: t('tokens.name'),
        sort: 'name',
        cell: (row) => (
          <span className="lk-cell">
            <Link to={`/tokens/${row.id}`} className="lk-name lk-ellipsis" tabIndex={-1}>
              {row.name}
            </Link>
            <RotatedBadge token={row} />
          </span>
        ),
      },
      ...(owner === 'all'
        ? [{ id: 'owner', title: t('tokens.owner'), width: '13%', cell: (row: AccessTokenRow) => row.ownerName }]
        : []),
      {
        id: 'hint',
        title: t('tokens.token'),
        width: '9%',
        hideable: true,
        cell: (row) => <Mono subtle>{hint(row)}</Mono>,
      },
      { id: 'scopes', title: t('tokens.scopes'), width: '23%', cell: (row) => <ScopeTags scopes={row.scopes} /> },
      {
        id: 'permission',
        title: t('tokens.permission'),
        width: '11%',
        hideable: true,
        cell: (row) => t(`common.permission.${row.permission}`),
      },
      {
        id: 'lastUsedAt',
        title: t('tokens.lastUsed'),
        sort: 'lastUsedAt',
        first: 'desc',
        width: '10%',
        cell: (row) => <RelativeTime at={row.lastUsedAt} />,
      },
      {
        id: 'expiresAt',
        title: t('tokens.expires'),
        sort: 'expiresAt',
        width: '13%',
        cell: (row) => <Expiry token={row} />,
      },
      {
        id: 'createdAt',
        title: t('tokens.created'),
        sort: 'createdAt',
        first: 'desc',
        width: '10%',
        hideable: true,
        hiddenAtFirst: true,
        cell: (row) => <ShortDate at={row.createdAt} />,
      },
    ],
    [t, owner],
  )
  const chips = [
    ...(search.filter
      ? [{ id: 'filter', title: t(`tokens.cards.${search.filter}`), clear: () => change({ filter: undefined }) }]
      : []),
    ...(search.scope
      ? [{ id: 'scope', title: t(`common.scope.${search.scope}`), clear: () => change({ scope: undefined }) }]
      : []),
    ...(owner === 'all'
      ? [{ id: 'owner', title: t('tokens.everybody'), clear: () => change({ owner: undefined }) }]
      : []),
  ]
  return (
    <>
      <FilterCards
        label={t('tokens.filterBy')}
        selected={search.filter}
        onSelect={(filter) => change({ filter })}
        cards={cards.map(({ id, kind }) => ({
          id,
          kind,
          title: t(`tokens.cards.${id}`),
          meaning: t(`tokens.meaning.${id}`),
          count: list.page?.counts[id],
        }))}
      />
      <DataTable
        id="accessTokens"
        title={t('tokens.access')}
        list={watched}
        all={list.page?.all}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        dimmed={(row) => row.standing === 'expired'}
        sort={{ field: filters.sort, direction: filters.direction }}
        onSort={({ field, direction }) => change({ sort: field as typeof filters.sort, dir: direction })}
        chips={chips}
        tools={
          <>
            <FindBox label={t('tokens.find')} value={find.text} onFind={find.onFind} withKey />
            {may('accessToken.viewAll') && (
              <MenuButton
                label={t('tokens.whose')}
                className="lk-filter"
                end
                items={(['own', 'all'] as const).map((id) => ({
                  id,
                  title: t(`tokens.${id === 'own' ? 'mine' : 'everybody'}`),
                  checked: owner === id,
                  run: () => change({ owner: id === 'all' ? 'all' : undefined }),
                }))}
              >
                <RhUiUsersIcon />
                {t(owner === 'all' ? 'tokens.everybody' : 'tokens.mine')}
                <RhUiCaretDownIcon />
              </MenuButton>
            )}
            <ScopeFilter chosen={search.scope} onChoose={(scope) => change({ scope })} />
          </>
        }
        rowActions={rowActions}
        bulk={bulk}
        onOpen={(row) => void navigate({ to: `/tokens/${row.id}` })}
        empty={{
          icon: RhUiKeyIcon,
          sentence: t('tokens.empty'),
          action: may('accessToken.own') && (
            <Button variant="primary" onClick={() => void navigate({ to: '/tokens/new' })}>
              {t('tokens.add')}
            </Button>
          ),
        }}
        filtered={find.text !== '' || search.filter !== undefined || search.scope !== undefined}
        onClearFilters={() => {
          find.onFind('')
          change({ q: undefined, filter: undefined, scope: undefined })
        }}
      />
    </>
  )
}

function ScopeFilter({
  chosen,
  onChoose,
}: {
  readonly chosen: Scope | undefined
  readonly onChoose: (scope: Scope | undefined) => void
}) {
  const { t } = useTranslation()
  return (
    <MenuButton
      label={t('tokens.scope')}
      className="lk-filter"
      end
      items={scopes.map((id) => ({
        id,
        title: t(`common.scope.${id}`),
        checked: chosen === id,
        run: () => onChoose(chosen === id ? undefined : id),
      }))}
    >
      <RhUiFilterIcon />
      {t('tokens.scope')}
      <RhUiCaretDownIcon />
    </MenuButton>
  )
}
