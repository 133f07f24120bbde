/** How members are shown: their state, their services. */
import { useTranslation } from 'react-i18next'
import { RhUiCheckIcon } from '../../components/icons.ts'
import { Avatar, State } from '../../components/small.tsx'
import { lacksServices, type MemberRow, sectionsPerService } from './rights.ts'

export function MemberStateWord({ state }: Pick<MemberRow, 'state'>) {
  const { t } = useTranslation()
  const kinds = { invited: 'waiting', active: 'ok', suspended: 'paused' } as const
  return <State kind={kinds[state]}>{t(`members.states.${state}`)}</State>
}

export function MemberName({
  name,
  state,
  self,
  unsaved,
}: Pick<MemberRow, 'name' | 'state' | 'self'> & { readonly unsaved: boolean }) {
  const { t } = useTranslation()
  return (
    <span className="lk-cell lk-member">
      <Avatar name={name} />
      <span className="lk-ellipsis lk-strong">{name}</span>
      {self && <span className="lk-subtle">{t('members.you')}</span>}
      {state !== 'active' && <MemberStateWord state={state} />}
      {unsaved && <span className="lk-subtle lk-small">{t('members.notSaved')}</span>}
    </span>
  )
}

/** A tick or a dash, with words for who does not see them. */
export function SectionCell({ held, faint }: { readonly held: boolean; readonly faint: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={faint ? 'lk-held lk-faint' : 'lk-held'}>
      {held ? <RhUiCheckIcon /> : <span aria-hidden="true">{'–'}</span>}
      <span className="lk-sr">{t(held ? 'members.held' : 'members.notHeld')}</span>
    </span>
  )
}

export function ServicesCell({
  role,
  sections,
  serviceAccess,
}: Pick<MemberRow, 'role' | 'sections' | 'serviceAccess'>) {
  const { t } = useTranslation()
  if (role === 'admin') return t('members.access.admin')
  if (!sections.some((section) => sectionsPerService.includes(section))) {
    return <span className="lk-subtle">{t('members.access.notNeeded')}</span>
  }
  if (serviceAccess === 'all') return t('members.access.all')
  if (lacksServices(sections, serviceAccess)) return <State kind="warn">{t('members.access.none')}</State>
  return t('members.access.count', { count: serviceAccess.length })
}
