import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, useActions } from '../../app/actions/registry.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { AuditRow } from '../../app/rows.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/data-table.ts'
import { download } from '../../components/download.ts'
import { FindBox } from '../../components/FindBox.tsx'
import {
  RhUiCaretDownIcon,
  RhUiClockIcon,
  RhUiExportIcon,
  RhUiFilterIcon,
  RhUiHistoryIcon,
  RhUiSecuredIcon,
} from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { RelativeTime } from '../../components/small.tsx'
import { useFind } from '../../components/use-find.ts'
import { useList } from '../../components/use-list.ts'
import { useSearchState } from '../../components/use-search-state.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { EventDialog } from './EventDialog.tsx'
import { type AuditSearch, auditSpans } from './search.ts'
import { VerifyDialog } from './VerifyDialog.tsx'
import { auditNouns, EventSentence, useChangeText, useFieldText } from './words.tsx'

/** Whole hours, so that the question stays the same for a while and its answer is kept. */
const since = (days: string) => Math.floor(Date.now() / 3_600_000) * 3_600_000 - Number(days) * 86_400_000

const exportFormats = ['csv', 'json'] as const
type ExportFormat = (typeof exportFormats)[number]

const verify = () => openDialog((close) => <VerifyDialog onClose={close} />)

export function AuditPage() {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const [search, change] = useSearchState<AuditSearch>()
  const [exporting, setExporting] = useState(false)
  const changeText = useChangeText()
  const fieldText = useFieldText()
  const find = useFind(
    search.q,
    useCallback((q: string | undefined) => change({ q }), [change]),
  )
  const filters = {
    search: find.text,
    ...(search.code && { code: search.code }),
    ...(search.object && { objectId: search.object }),
    ...(search.days && { from: since(search.days) }),
  }
  const direction = search.dir ?? 'desc'
  const list = useList({
    key: trpc.audit.list.queryKey({ ...filters, direction }),
    fetch: (window) => ask.audit.list.query({ ...filters, direction, ...window }),
    secret: find.secret,
  })

  async function exportAs(format: ExportFormat): Promise<void> {
    setExporting(true)
    try {
      const { text, count } = await ask.audit.export.query({ format, ...filters })
      download(`latchkey-audit.${format}`, text, format === 'csv' ? 'text/csv' : 'application/json')
      notify('done', t('audit.exported', { count }))
    } catch (error) {
      notify('failed', errorText(error))
    } finally {
      setExporting(false)
    }
  }

  const latestExport = useRef(exportAs)
  useEffect(() => {
    latestExport.current = exportAs
  })
  useActions(
    useMemo(
      () => [
        ...exportFormats.map(
          (format): Action => ({
            id: `audit.export.${format}`,
            group: 'here',
            titleKey: 'audit.export',
            about: t(`audit.format.${format}`),
            icon: RhUiExportIcon,
            run: () => void latestExport.current(format),
          }),
        ),
        { id: 'audit.verify', group: 'here', titleKey: 'audit.verify', icon: RhUiSecuredIcon, run: verify },
      ],
      [t],
    ),
  )

  const columns: readonly Column<AuditRow>[] = [
    {
      id: 'at',
      title: t('audit.when'),
      sort: 'at',
      first: 'desc',
      width: '13%',
      cell: (row) => <RelativeTime at={row.at} />,
    },
    { id: 'event', title: t('audit.event'), cell: (row) => <EventSentence event={row} /> },
    { id: 'actor', title: t('audit.who'), width: '15%', cell: (row) => row.actorName || t('audit.system') },
    {
      id: 'channel',
      title: t('audit.channel'),
      width: '10%',
      hideable: true,
      cell: (row) => t(`audit.channels.${row.channel}`),
    },
    {
      id: 'changes',
      title: t('audit.changes'),
      width: '28%',
      hideable: true,
      cell: (row) => (
        <span className="lk-subtle">
          {row.changes
            .map(
              ({ field, before, after }) =>
                `${fieldText(field)}: ${changeText(field, before)} → ${changeText(field, after)}`,
            )
            .join(' · ')}
        </span>
      ),
    },
  ]
  const openEvent = useCallback(
    (event: AuditRow) => openDialog((close) => <EventDialog event={event} onClose={close} />),
    [],
  )
  const exportItems = useMemo(() => exportFormats.map((id) => ({ id, title: t(`audit.format.${id}`) })), [t])
  return (
    <div className="lk-page">
      <PageHeader
        title={t('audit.title')}
        sentence={t('audit.sentence')}
        actions={
          <>
            <MenuButton
              label={t('audit.export')}
              className="lk-filter lk-neutral"
              end
              items={exportItems.map((item) => ({ ...item, run: () => void exportAs(item.id) }))}
            >
              <RhUiExportIcon />
              {t(exporting ? 'audit.exporting' : 'audit.export')}
              <RhUiCaretDownIcon />
            </MenuButton>
            <ActionButton variant="tertiary" icon={<RhUiSecuredIcon />} onClick={verify}>
              {t('audit.verify')}
            </ActionButton>
          </>
        }
      />
      <div className="lk-body lk-fill">
        <DataTable
          id="audit"
          title={t('audit.events')}
          list={list}
          columns={columns}
          rowId={(row) => row.id}
          rowName={(row) => row.objectName}
          sort={{ field: 'at', direction }}
          onSort={(sort) => change({ dir: sort.direction })}
          chips={[
            ...(search.code
              ? [
                  {
                    id: 'code',
                    title: t(`audit.noun.${search.code.replace('.', '')}`),
                    clear: () => change({ code: undefined }),
                  },
                ]
              : []),
            ...(search.object
              ? [{ id: 'object', title: t('audit.oneObject'), clear: () => change({ object: undefined }) }]
              : []),
            ...(search.days
              ? [
                  {
                    id: 'days',
                    title: t('audit.lastDays', { days: Number(search.days) }),
                    clear: () => change({ days: undefined }),
                  },
                ]
              : []),
          ]}
          tools={
            <>
              <FindBox label={t('audit.find')} value={find.text} onFind={find.onFind} withKey />
              <MenuButton
                label={t('audit.about')}
                className="lk-filter"
                end
                items={auditNouns.map((noun) => ({
                  id: noun,
                  title: t(`audit.noun.${noun}`),
                  checked: search.code === `${noun}.`,
                  run: () => change({ code: search.code === `${noun}.` ? undefined : `${noun}.` }),
                }))}
              >
                <RhUiFilterIcon />
                {t('audit.about')}
                <RhUiCaretDownIcon />
              </MenuButton>
              <MenuButton
                label={t('audit.span')}
                className="lk-filter"
                end
                items={auditSpans.map((days) => ({
                  id: days,
                  title: t('audit.lastDays', { days: Number(days) }),
                  checked: search.days === days,
                  run: () => change({ days: search.days === days ? undefined : days }),
                }))}
              >
                <RhUiClockIcon />
                {t('audit.span')}
                <RhUiCaretDownIcon />
              </MenuButton>
            </>
          }
          onOpen={openEvent}
          empty={{ icon: RhUiHistoryIcon, sentence: t('audit.empty') }}
          filtered={
            find.text !== '' || search.code !== undefined || search.object !== undefined || search.days !== undefined
          }
          onClearFilters={() => {
            find.onFind('')
            change({ q: undefined, code: undefined, object: undefined, days: undefined })
          }}
        />
      </div>
    </div>
  )
}
