import { Button } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { roles, sections } from '../../../shared/domain/member.ts'
import { useActions } from '../../app/actions/registry.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/data-table.ts'
import { FindBox } from '../../components/FindBox.tsx'
import { RhUiAddIcon, RhUiCaretDownIcon, RhUiUsersIcon, RhUiViewIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useFind } from '../../components/use-find.ts'
import { useList } from '../../components/use-list.ts'
import { useSearchState } from '../../components/use-search-state.ts'
import { choosePreview } from './choose-preview.tsx'
import { useEdits } from './edits.ts'
import { MemberDrawer } from './MemberDrawer.tsx'
import type { MemberRow } from './rights.ts'
import { SectionTable } from './SectionTable.tsx'
import type { MemberSearch } from './search.ts'
import { useMemberActions } from './use-member-actions.tsx'
import { useServices } from './use-services.ts'
import { MemberName, SectionCell, ServicesCell } from './words.tsx'

/** The list stays while a member is open beside it: the member is part of the address. */
export function MembersPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const { id: openId } = useParams({ strict: false }) as { readonly id?: string }
  const [search, change] = useSearchState<MemberSearch>()
  const services = useServices()
  const edits = useEdits((state) => state.edits)
  const invoker = useRef<Element | null>(null)
  const find = useFind(
    search.q,
    useCallback((q: string | undefined) => change({ q }), [change]),
  )
  const filters = {
    search: find.text,
    sort: search.sort ?? 'name',
    direction: search.dir ?? 'asc',
    ...(search.role && { role: search.role }),
    ...(search.service && { serviceId: search.service }),
  } as const
  const list = useList({
    key: trpc.member.list.queryKey(filters),
    fetch: (window) => ask.member.list.query({ ...filters, ...window }),
    secret: find.secret,
  })

  const open = useCallback(
    (id: string) => {
      invoker.current = document.activeElement
      void navigate({ to: '/members/$id', params: { id }, search: true } as never)
    },
    [navigate],
  )
  const close = useCallback(() => {
    void navigate({ to: '/members', search: true } as never)
    const { current } = invoker
    requestAnimationFrame(() => {
      const back = current instanceof HTMLElement && current.isConnected ? current : document.querySelector('main h1')
      if (back instanceof HTMLElement) back.focus()
    })
  }, [navigate])
  const rowActions = useMemberActions(useCallback((id: string) => id === openId && close(), [openId, close]))

  const refused = whyNot('member.edit')
  const reason = refused && refusalText(refused)
  const selected = useQuery({
    ...trpc.member.get.queryOptions({ id: openId ?? '' }),
    enabled: openId !== undefined,
  }).data
  const previewOf = selected && rowActions(selected).find(({ id }) => id === 'member.preview')

  const columns = useMemo(
    (): readonly Column<MemberRow>[] => [
      {
        id: 'name',
        title: t('members.member'),
        sort: 'name',
        cell: (row) => (
          <button type="button" className="lk-name lk-open-member" tabIndex={-1} onClick={() => open(row.id)}>
            <MemberName {...row} unsaved={edits.has(row.id)} />
          </button>
        ),
      },
      { id: 'role', title: t('members.role'), width: '8.5%', cell: (row) => t(`common.role.${row.role}`) },
      ...sections.map(
        (section): Column<MemberRow> => ({
          id: section,
          title: t(`common.section.${section}`),
          width: '8%',
          hideable: true,
          cell: (row) => (
            <SectionCell
              held={row.role === 'admin' || row.sections.includes(section)}
              faint={row.role === 'admin' || row.state !== 'active'}
            />
          ),
        }),
      ),
      { id: 'services', title: t('members.services'), width: '13%', cell: (row) => <ServicesCell {...row} /> },
      {
        id: 'email',
        title: t('members.email'),
        sort: 'email',
        width: '20%',
        hideable: true,
        hiddenAtFirst: true,
        cell: (row) => row.email,
      },
    ],
    [t, open, edits],
  )
  useActions(
    useMemo(
      () => [
        {
          id: 'member.invite',
          group: 'create',
          titleKey: 'members.invite',
          keys: 'n',
          icon: RhUiAddIcon,
          reason: () => reason,
          run: ({ navigate }) => navigate('/members/invite'),
        },
      ],
      [reason],
    ),
  )

  const { role, service } = search
  const serviceName = service && (services.names.get(service) ?? t('members.otherService'))
  const page = list.page
  return (
    <div className="lk-page">
      <PageHeader
        title={t('members.title')}
        sentence={t('members.sentence')}
        actions={
          <>
            {previewOf ? (
              <ActionButton
                variant="tertiary"
                icon={<RhUiViewIcon />}
                reason={previewOf.reason}
                onClick={previewOf.run}
              >
                {t('members.previewAs', { name: selected.name })}
              </ActionButton>
            ) : (
              <ActionButton
                variant="tertiary"
                icon={<RhUiViewIcon />}
                reason={reason}
                onClick={() => choosePreview((to) => void navigate({ to }))}
              >
                {t('members.previewChoose')}
              </ActionButton>
            )}
            <ActionButton
              variant="primary"
              icon={<RhUiAddIcon />}
              reason={reason}
              onClick={() => void navigate({ to: '/members/invite' })}
            >
              {t('members.invite')}
            </ActionButton>
          </>
        }
      />
      <div className={openId === undefined ? 'lk-members' : 'lk-members lk-opened'}>
        <div className="lk-members-list">
          <DataTable
            id="members"
            title={t('members.title')}
            list={list}
            all={page?.all}
            columns={columns}
            rowId={(row) => row.id}
            rowName={(row) => row.name}
            dimmed={(row) => row.state === 'suspended'}
            sort={{ field: filters.sort, direction: filters.direction }}
            onSort={({ field, direction }) => change({ sort: field as typeof filters.sort, dir: direction })}
            chips={[
              ...(role
                ? [{ id: 'role', title: t(`common.role.${role}`), clear: () => change({ role: undefined }) }]
                : []),
              ...(serviceName
                ? [{ id: 'service', title: serviceName, clear: () => change({ service: undefined }) }]
                : []),
            ]}
            titleNote={page === undefined ? '' : t('members.count', { members: page.all, admins: page.admins })}
            tools={
              <>
                <FindBox label={t('members.find')} value={find.text} onFind={find.onFind} withKey />
                <MenuButton
                  label={t('members.role')}
                  className="lk-filter"
                  items={roles.map((id) => ({
                    id,
                    title: t(`common.role.${id}`),
                    checked: role === id,
                    run: () => change({ role: role === id ? undefined : id }),
                  }))}
                >
                  {t('members.role')}
                  <RhUiCaretDownIcon />
                </MenuButton>
                {services.all.length > 0 && (
                  <MenuButton
                    label={t('members.service')}
                    className="lk-filter"
                    items={services.all.map(({ id, name }) => ({
                      id,
                      title: name,
                      checked: service === id,
                      run: () => change({ service: service === id ? undefined : id }),
                    }))}
                  >
                    {t('members.service')}
                    <RhUiCaretDownIcon />
                  </MenuButton>
                )}
              </>
            }
            rowActions={rowActions}
            actionsWidth={56}
            openId={openId}
            onOpen={(row) => open(row.id)}
            rowHeight={40}
            empty={{
              icon: RhUiUsersIcon,
              sentence: t('members.empty'),
              action: reason === undefined && (
                <Button variant="primary" onClick={() => void navigate({ to: '/members/invite' })}>
                  {t('members.invite')}
                </Button>
              ),
            }}
            filtered={find.text !== '' || role !== undefined || service !== undefined}
            onClearFilters={() => {
              find.onFind('')
              change({ q: undefined, role: undefined, service: undefined })
            }}
          />
          <SectionTable />
        </div>
        {openId !== undefined && (
          <MemberDrawer id={openId} services={services} edited={edits.get(openId)} onClose={close} />
        )}
      </div>
    </div>
  )
}
