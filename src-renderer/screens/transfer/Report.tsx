import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type TransferAction, transferActions } from '../../../shared/domain/transfer-plan.ts'
import { type TransferKind, transferKinds } from '../../../shared/domain/transfer-schema.ts'
import { type Answers, ask, trpc } from '../../app/ask.ts'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/data-table.ts'
import { FilterCards } from '../../components/FilterCards.tsx'
import { RhUiCaretDownIcon, RhUiDocumentIcon, RhUiFilterIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { Mono, State } from '../../components/small.tsx'
import { useList } from '../../components/use-list.ts'
import { figure } from '../../i18n/formats.ts'
import type { Progress } from './use-progress.ts'
import { transferRefusal } from './words.tsx'

type Row = Answers['transfer']['report']['rows'][number]

const icons = { make: 'ok', change: 'waiting', same: 'over', refuse: 'bad' } as const

/** Every row of the file, and what becomes of it. */
export function Report({ id, progress }: { readonly id: string; readonly progress: Progress }) {
  const { t } = useTranslation()
  const [action, setAction] = useState<TransferAction | undefined>(progress.state === 'refused' ? 'refuse' : undefined)
  const [kind, setKind] = useState<TransferKind>()
  const filters = { id, ...(action && { action }), ...(kind && { kind }) }
  const list = useList({
    key: [...trpc.transfer.report.queryKey(filters), progress.state],
    fetch: (window) => ask.transfer.report.query({ ...filters, ...window }),
  })
  const total = (wanted: TransferAction) => transferKinds.reduce((all, each) => all + progress.counts[each][wanted], 0)
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      { id: 'line', title: t('transfer.line'), width: '72px', align: 'end', cell: (row) => figure(row.line) },
      { id: 'kind', title: t('transfer.kind'), width: '120px', cell: (row) => t(`transfer.kindOne.${row.kind}`) },
      {
        id: 'name',
        title: t('transfer.name'),
        width: '28%',
        cell: (row) => <span className="lk-name">{row.name || t('transfer.noName')}</span>,
      },
      {
        id: 'action',
        title: t('transfer.action'),
        width: '150px',
        cell: (row) => <State kind={icons[row.action]}>{t(`transfer.actions.${row.action}`)}</State>,
      },
      { id: 'why', title: t('transfer.why'), cell: (row) => <Why row={row} /> },
    ],
    [t],
  )
  return (
    <>
      <FilterCards
        label={t('transfer.action')}
        selected={action}
        onSelect={setAction}
        cards={transferActions.map((each) => ({
          id: each,
          kind: icons[each],
          title: t(`transfer.actions.${each}`),
          meaning: t(`transfer.actionMeaning.${each}`),
          count: total(each),
        }))}
      />
      <DataTable
        id="transfer"
        title={t('transfer.report')}
        list={list}
        all={transferActions.reduce((all, each) => all + total(each), 0)}
        columns={columns}
        rowId={(row) => `${row.kind}:${row.index}`}
        rowName={(row) => row.name}
        sort={{ field: '', direction: 'asc' }}
        onSort={() => undefined}
        chips={kind ? [{ id: 'kind', title: t(`transfer.kinds.${kind}`), clear: () => setKind(undefined) }] : []}
        tools={
          <MenuButton
            label={t('transfer.kind')}
            className="lk-filter"
            end
            items={transferKinds.map((each) => ({
              id: each,
              title: t(`transfer.kinds.${each}`),
              checked: kind === each,
              run: () => setKind(kind === each ? undefined : each),
            }))}
          >
            <RhUiFilterIcon />
            {t('transfer.kind')}
            <RhUiCaretDownIcon />
          </MenuButton>
        }
        empty={{ icon: RhUiDocumentIcon, sentence: t('transfer.noRows') }}
        filtered={action !== undefined || kind !== undefined}
        onClearFilters={() => {
          setAction(undefined)
          setKind(undefined)
        }}
      />
    </>
  )
}

function Why({ row }: { readonly row: Row }) {
  const { t } = useTranslation()
  if (row.refusal) {
    const text = transferRefusal(row.refusal, t)
    return (
      <span title={row.refusal.field ? `${row.refusal.field}: ${text}` : text}>
        {row.refusal.field && (
          <>
            <Mono>{row.refusal.field}</Mono>{' '}
          </>
        )}
        {text}
      </span>
    )
  }
  if (row.issued > 0) return t('transfer.rowIssued', { count: row.issued })
  return null
}
