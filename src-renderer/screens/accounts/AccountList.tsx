import { Button } from '@patternfly/react-core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/data-table.ts'
import { FilterCards } from '../../components/FilterCards.tsx'
import { FindBox } from '../../components/FindBox.tsx'
import { RhUiAddIcon, RhUiEnterpriseIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ShortDate } from '../../components/small.tsx'
import { useFind } from '../../components/use-find.ts'
import { useList } from '../../components/use-list.ts'
import { useSearchState } from '../../components/use-search-state.ts'
import { figure } from '../../i18n/formats.ts'
import { AccountStateWord, accountKinds } from './AccountStateWord.tsx'
import type { AccountRow } from './rows.ts'
import type { AccountSearch } from './search.ts'
import { useAccountActions } from './use-account-actions.tsx'

const order = ['approved', 'pending', 'suspended', 'rejected'] as const

export function AccountList() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const [search, change] = useSearchState<AccountSearch>()
  const find = useFind(
    search.q,
    useCallback((q: string | undefined) => change({ q }), [change]),
  )
  const filters = {
    search: find.text,
    sort: search.sort ?? 'name',
    direction: search.dir ?? 'asc',
    ...(search.state && { state: search.state }),
  } as const
  const list = useList({
    key: trpc.account.list.queryKey(filters),
    fetch: (window) => ask.account.list.query({ ...filters, ...window }),
    secret: find.secret,
  })
  const rowActions = useAccountActions()
  const refused = whyNot('account.edit')
  const reason = refused && refusalText(refused)
  useActions(
    useMemo(
      () => [
        {
          id: 'account.create',
          group: 'create',
          titleKey: 'accounts.create',
          keys: 'n',
          icon: RhUiAddIcon,
          reason: () => reason,
          run: ({ navigate }) => navigate('/accounts/new'),
        },
      ],
      [reason],
    ),
  )
  const columns = useMemo(
    (): readonly Column<AccountRow>[] => [
      {
        id: 'name',
        title: t('accounts.name'),
        sort: 'name',
        cell: (row) => (
          <Link to={`/accounts/${row.id}`} className="lk-name" tabIndex={-1}>
            {row.name}
          </Link>
        ),
      },
      {
        id: 'developers',
        title: t('accounts.developers'),
        width: '30%',
        hideable: true,
        cell: ({ developers: [first, ...others] }) =>
          first ? (
            <>
              {first.email}
              {others.length > 0 && (
                <span className="lk-subtle"> {t('accounts.others', { count: others.length })}</span>
              )}
            </>
          ) : (
            <span className="lk-subtle">{t('accounts.none')}</span>
          ),
      },
      { id: 'state', title: t('accounts.state'), width: '14%', cell: (row) => <AccountStateWord state={row.state} /> },
      {
        id: 'applications',
        title: t('accounts.applications'),
        width: '12%',
        align: 'end',
        hideable: true,
        cell: (row) => figure(row.applications),
      },
      {
        id: 'createdAt',
        title: t('accounts.created'),
        sort: 'createdAt',
        first: 'desc',
        width: '14%',
        hideable: true,
        cell: (row) => <ShortDate at={row.createdAt} />,
      },
    ],
    [t],
  )
  return (
    <div className="lk-page">
      <PageHeader
        title={t('accounts.title')}
        sentence={t('accounts.sentence')}
        actions={
          <ActionButton
            variant="primary"
            icon={<RhUiAddIcon />}
            reason={reason}
            onClick={() => void navigate({ to: '/accounts/new' })}
          >
            {t('accounts.create')}
          </ActionButton>
        }
      />
      <div className="lk-body lk-fill">
        <FilterCards
          label={t('accounts.state')}
          selected={search.state}
          onSelect={(state) => change({ state })}
          cards={order.map((id) => ({
            id,
            kind: accountKinds[id],
            title: t(`accounts.states.${id}`),
            meaning: t(`accounts.meaning.${id}`),
            count: list.page?.counts[id],
          }))}
        />
        <DataTable
          id="accounts"
          title={t('accounts.title')}
          list={list}
          all={list.page?.all}
          columns={columns}
          rowId={({ id }) => id}
          rowName={({ name }) => name}
          dimmed={({ state }) => state === 'rejected'}
          sort={{ field: filters.sort, direction: filters.direction }}
          onSort={({ field, direction }) => change({ sort: field as typeof filters.sort, dir: direction })}
          chips={
            search.state
              ? [
                  {
                    id: 'state',
                    title: t(`accounts.states.${search.state}`),
                    clear: () => change({ state: undefined }),
                  },
                ]
              : []
          }
          tools={<FindBox label={t('accounts.find')} value={find.text} onFind={find.onFind} withKey />}
          rowActions={rowActions}
          onOpen={(row) => void navigate({ to: `/accounts/${row.id}` })}
          empty={{
            icon: RhUiEnterpriseIcon,
            sentence: t('accounts.empty'),
            action: reason === undefined && (
              <Button variant="primary" onClick={() => void navigate({ to: '/accounts/new' })}>
                {t('accounts.create')}
              </Button>
            ),
          }}
          filtered={find.text !== '' || search.state !== undefined}
          onClearFilters={() => {
            find.onFind('')
            change({ q: undefined, state: undefined })
          }}
        />
      </div>
    </div>
  )
}
