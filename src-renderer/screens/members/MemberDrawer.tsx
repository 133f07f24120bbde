import { Button } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { BusyButton } from '../../components/BusyButton.tsx'
import { RhUiCloseIcon, RhUiEllipsisVerticalFillIcon, RhUiLockIcon } from '../../components/icons.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { MenuButton } from '../../components/Menu.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { Avatar, Note } from '../../components/small.tsx'
import { usePageActions } from '../../components/use-page-actions.ts'
import { notify } from '../../state/notices.ts'
import { editRights } from './edits.ts'
import { RightsFields } from './RightsFields.tsx'
import { RightsReview } from './RightsReview.tsx'
import { accessOf, type MemberRow, type Rights, rightsOf, sameRights } from './rights.ts'
import { useMemberActions } from './use-member-actions.tsx'
import type { Services } from './use-services.ts'
import { MemberStateWord } from './words.tsx'

interface DrawerProps {
  readonly id: string
  readonly services: Services
  /** What was chosen and not saved yet. */
  readonly edited: Rights | undefined
  readonly onClose: () => void
}

export function MemberDrawer(props: DrawerProps) {
  const { id, onClose } = props
  const { t } = useTranslation()
  const answer = useQuery(trpc.member.get.queryOptions({ id }))
  const panel = useRef<HTMLElement>(null)
  const [inside, setInside] = useState(false)
  // The reader who opened it goes on in it.
  useEffect(() => {
    if (id !== '') panel.current?.focus()
  }, [id])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    onClose()
  }

  return (
    <aside
      ref={panel}
      className="lk-member-drawer"
      aria-label={answer.data?.name ?? t('members.member')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={() => setInside(true)}
      onBlur={({ relatedTarget, currentTarget }) => setInside(currentTarget.contains(relatedTarget))}
    >
      {answer.data ? (
        <Opened key={id} {...props} member={answer.data} inside={inside} />
      ) : (
        <>
          <Head title={t('members.member')} onClose={onClose} />
          {answer.error ? <ListFailed error={answer.error} onRetry={() => void answer.refetch()} /> : <Waiting />}
        </>
      )}
    </aside>
  )
}

function Head({
  title,
  detail,
  menu,
  onClose,
}: {
  readonly title: string
  readonly detail?: ReactNode
  readonly menu?: ReactNode
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <header className="lk-member-head">
      <Avatar name={title} />
      <div>
        <h2 className="lk-ellipsis">{title}</h2>
        {detail}
      </div>
      {menu}
      <button type="button" className="lk-icon-button lk-32" aria-label={t('common.close')} onClick={onClose}>
        <RhUiCloseIcon />
      </button>
    </header>
  )
}

function Opened({
  member,
  services,
  edited,
  inside,
  onClose,
}: DrawerProps & {
  readonly member: MemberRow
  /** The reader is in the drawer: its keys are for this member, else for the row of the list. */
  readonly inside: boolean
}) {
  const { t } = useTranslation()
  const { refusalText, errorText } = useRefusalText()
  const refused = useWhyNot()('member.edit')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const actionsOf = useMemberActions(onClose)
  const actions = useMemo(() => actionsOf(member), [actionsOf, member])
  const { id, name, email, state, self, tokens } = member
  usePageActions(name, actions, inside)

  const kept = rightsOf(member)
  const locked = refused ? refusalText(refused) : self ? t('refusal.own_rights') : undefined
  const rights = (locked === undefined ? edited : undefined) ?? kept
  const dirty = !sameRights(rights, kept)
  useEffect(() => {
    if (!dirty) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', stay)
    return () => removeEventListener('beforeunload', stay)
  }, [dirty])

  async function save(): Promise<void> {
    if (busy || !dirty) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { role, sections } = rights
      await ask.member.updateRights.mutate({ id, role, sections: [...sections], serviceAccess: accessOf(rights) })
      editRights(id, undefined)
      notify('done', t('members.rightsSaved', { name }))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Head
        title={name}
        detail={
          <p className="lk-subtle lk-small">
            <span className="lk-ellipsis">{email}</span>
          </p>
        }
        menu={
          <MenuButton
            label={t('common.moreActions', { name })}
            className="lk-icon-button lk-32"
            end
            items={actions.map((action) => ({ ...action, title: t(action.titleKey) }))}
          >
            <RhUiEllipsisVerticalFillIcon />
          </MenuButton>
        }
        onClose={onClose}
      />
      <form
        className="lk-member-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
            event.preventDefault()
            void save()
          }
        }}
      >
        <div className="lk-member-body">
          {state !== 'active' && (
            <p className="lk-row">
              <MemberStateWord state={state} />
              <span className="lk-subtle">{t(`members.stateMeaning.${state}`)}</span>
            </p>
          )}
          {locked !== undefined && <Note kind="quiet" icon={<RhUiLockIcon />} title={locked} />}
          <RightsFields
            rights={rights}
            services={services}
            disabled={locked !== undefined}
            onChange={(next) => editRights(id, sameRights(next, kept) && next.mode === kept.mode ? undefined : next)}
          />
          <RightsReview name={name} rights={rights} tokens={locked === undefined ? tokens : 0} services={services} />
          {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
        </div>
        {locked === undefined && (
          <div className="lk-member-foot">
            <BusyButton type="submit" variant="primary" busy={busy} isDisabled={!dirty}>
              {t('common.save')}
            </BusyButton>
            {edited !== undefined && (
              <Button
                variant="link"
                isDisabled={busy}
                onClick={() => {
                  setFailure(undefined)
                  editRights(id, undefined)
                }}
              >
                {t('members.undoChanges')}
              </Button>
            )}
            <span className="lk-space" />
            <span className="lk-subtle lk-small" role="status">
              {dirty ? t('members.notSaved') : ''}
            </span>
          </div>
        )}
      </form>
    </>
  )
}
