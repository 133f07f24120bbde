/** S3: the token of every service that the person has access to; its own search, in this component's state. */
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, trpc } from '../../app/ask.ts'
import { useMay, useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { ServiceTokenRow } from '../../app/rows.ts'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column, RowAction } from '../../components/data-table.ts'
import { FindBox } from '../../components/FindBox.tsx'
import { RhUiCubesIcon, RhUiRefreshIcon } from '../../components/icons.ts'
import { looksSecret } from '../../components/list-search.ts'
import { ServiceTokenSecret } from '../../components/ServiceTokenSecret.tsx'
import { RelativeTime, ShortDate, State } from '../../components/small.tsx'
import { useList } from '../../components/use-list.ts'
import { useNow } from '../../components/use-now.ts'
import { relativeTime } from '../../i18n/formats.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { RotateServiceToken } from '../services/RotateServiceToken.tsx'

export function ServiceTokens() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const [text, setText] = useState('')
  const [direction, setDirection] = useState<'asc' | 'desc'>('asc')
  const filters = { search: text, direction }
  const list = useList({
    key: trpc.serviceToken.list.queryKey(filters),
    fetch: (window) => ask.serviceToken.list.query({ ...filters, ...window }),
    secret: looksSecret(text),
  })

  const columns = useMemo(
    (): readonly Column<ServiceTokenRow>[] => [
      {
        id: 'service',
        title: t('tokens.service'),
        sort: 'name',
        width: '17%',
        cell: (row) => <span className="lk-name">{row.serviceName}</span>,
      },
      {
        id: 'token',
        title: t('tokens.token'),
        cell: (row) => <TokenCell row={row} />,
      },
      { id: 'state', title: t('tokens.state'), width: '22%', cell: (row) => <Standing row={row} /> },
      {
        id: 'lastUsedAt',
        title: t('tokens.lastUsed'),
        width: '11%',
        cell: (row) => <RelativeTime at={row.token.lastUsedAt} />,
      },
      {
        id: 'createdAt',
        title: t('tokens.created'),
        width: '11%',
        cell: (row) => <ShortDate at={row.token.createdAt} />,
      },
    ],
    [t],
  )
  const rowActions = useCallback(
    (row: ServiceTokenRow): readonly RowAction[] => {
      const refused = whyNot('serviceToken.rotate', row.serviceId)
      return [
        {
          id: 'serviceToken.rotate',
          titleKey: 'services.rotate',
          icon: RhUiRefreshIcon,
          keys: 'r',
          inline: true,
          reason: refused ? refusalText(refused) : row.ending ? t('refusal.rotation_under_way') : undefined,
          run: () =>
            openDialog((close) => (
              <RotateServiceToken serviceId={row.serviceId} serviceName={row.serviceName} onClose={close} />
            )),
        },
        {
          id: 'service.open',
          titleKey: 'tokens.openService',
          icon: RhUiCubesIcon,
          run: () => void navigate({ to: `/services/${row.serviceId}` }),
        },
      ]
    },
    [whyNot, refusalText, t, navigate],
  )
  if (!may('service.view')) return null
  return (
    <DataTable
      id="serviceTokens"
      title={t('tokens.serviceTokens')}
      titleNote={t('tokens.eachReveal')}
      list={list}
      columns={columns}
      rowId={(row) => row.serviceId}
      rowName={(row) => row.serviceName}
      sort={{ field: 'name', direction }}
      onSort={(sort) => setDirection(sort.direction)}
      tools={<FindBox label={t('tokens.findService')} value={text} onFind={setText} />}
      rowActions={rowActions}
      onOpen={(row) => void navigate({ to: `/services/${row.serviceId}` })}
      empty={{ icon: RhUiCubesIcon, sentence: t('tokens.noServices') }}
      filtered={text !== ''}
      onClearFilters={() => setText('')}
      main={false}
    />
  )
}

function TokenCell({ row }: { readonly row: ServiceTokenRow }) {
  const refused = useWhyNot()('serviceToken.reveal', row.serviceId)
  const { refusalText } = useRefusalText()
  return (
    <ServiceTokenSecret
      serviceId={row.serviceId}
      serviceName={row.serviceName}
      token={row.token}
      reason={refused && refusalText(refused)}
    />
  )
}

function Standing({ row }: { readonly row: ServiceTokenRow }) {
  const { t } = useTranslation()
  const now = useNow()
  if (row.serviceState === 'suspended') return <State kind="paused">{t('tokens.serviceSuspended')}</State>
  if (row.serviceState === 'retired') return <State kind="over">{t('tokens.serviceRetired')}</State>
  if (row.ending)
    return <State kind="ok">{t('tokens.oldTokenEnds', { when: relativeTime(row.ending.endsAt, now) })}</State>
  return <State kind="ok">{t('tokens.active')}</State>
}
