import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { errorText, useRefusalText } from '../../app/refusal.ts'
import type { RowAction } from '../../components/data-table.ts'
import {
  RhUiEditIcon,
  RhUiPauseIcon,
  RhUiPlayIcon,
  RhUiTrashIcon,
  RhUiUserCheckIcon,
  RhUiViewIcon,
} from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { DeleteMember, EditMember } from './dialogs.tsx'
import { startPreview } from './preview.ts'
import type { MemberRow } from './rights.ts'

type Step = 'suspend' | 'resume' | 'activate'

/** The actions of one member, with the reason where one cannot be used (M3, M5, M6). */
export function useMemberActions(onDeleted?: (id: string) => void): (member: MemberRow) => readonly RowAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  return useCallback(
    (member) => {
      const { id, name, state, self, lastAdmin } = member
      const edit = whyNot('member.edit')
      const own = whyNot(self ? 'member.editOwn' : 'member.edit')
      const editReason = edit && refusalText(edit)
      const leaving = editReason ?? (lastAdmin ? t('refusal.last_admin') : self ? t('members.notYourself') : undefined)
      const take = (step: Step, back?: Step) => {
        ask.member[step].mutate({ id }).then(
          () => notify('done', t(`members.done.${step}`, { name }), back && (() => take(back))),
          (error: unknown) => notify('failed', errorText(error)),
        )
      }
      const previewReason =
        editReason ??
        (self ? t('members.previewSelf') : state === 'suspended' ? t('members.previewSuspended') : undefined)
      return [
        {
          id: 'member.preview',
          titleKey: 'members.preview',
          icon: RhUiViewIcon,
          keys: 'p',
          reason: previewReason,
          run: () => startPreview(id, (to) => void navigate({ to })),
        },
        {
          id: 'member.edit',
          titleKey: 'members.edit',
          icon: RhUiEditIcon,
          keys: 'e',
          reason: own && refusalText(own),
          run: () => openDialog((close) => <EditMember member={member} onClose={close} />),
        },
        ...(state === 'invited'
          ? [
              {
                id: 'member.activate',
                titleKey: 'members.activate',
                icon: RhUiUserCheckIcon,
                reason: editReason,
                run: () => take('activate'),
              },
            ]
          : []),
        ...(state === 'suspended'
          ? [
              {
                id: 'member.resume',
                titleKey: 'members.resume',
                icon: RhUiPlayIcon,
                keys: 's',
                reason: editReason,
                run: () => take('resume', 'suspend'),
              },
            ]
          : []),
        ...(state === 'active'
          ? [
              {
                id: 'member.suspend',
                titleKey: 'members.suspend',
                icon: RhUiPauseIcon,
                keys: 's',
                reason: leaving,
                run: () => take('suspend', 'resume'),
              },
            ]
          : []),
        {
          id: 'member.delete',
          titleKey: 'members.delete',
          icon: RhUiTrashIcon,
          keys: 'Delete',
          danger: true,
          divided: true,
          reason: leaving,
          run: () =>
            openDialog((close) => (
              <DeleteMember member={member} onClose={close} onDeleted={onDeleted && (() => onDeleted(id))} />
            )),
        },
      ]
    },
    [t, navigate, whyNot, refusalText, onDeleted],
  )
}
