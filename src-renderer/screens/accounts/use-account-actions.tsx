import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { accountTransitions } from '../../../shared/domain/account.ts'
import type { AccountState } from '../../../shared/domain/account-schema.ts'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { errorText, useRefusalText } from '../../app/refusal.ts'
import type { RowAction } from '../../components/data-table.ts'
import {
  RhUiCheckIcon,
  RhUiCloseIcon,
  RhUiEditIcon,
  RhUiPauseIcon,
  RhUiPlayIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { notify } from '../../state/notices.ts'
import { DeleteAccount, EditAccount } from './dialogs.tsx'
import type { AccountRow } from './rows.ts'

type Verb = keyof typeof accountTransitions

const verbs = [
  { verb: 'approve', icon: RhUiCheckIcon },
  { verb: 'reject', icon: RhUiCloseIcon },
  { verb: 'suspend', icon: RhUiPauseIcon },
  { verb: 'resume', icon: RhUiPlayIcon },
] as const

const commands = {
  approve: (id: string) => ask.account.approve.mutate({ id }),
  reject: (id: string) => ask.account.reject.mutate({ id }),
  suspend: (id: string) => ask.account.suspend.mutate({ id }),
  resume: (id: string) => ask.account.resume.mutate({ id }),
} as const satisfies Record<Verb, (id: string) => Promise<unknown>>

/** What takes a step back, where that is safe. */
const opposite: Partial<Record<Verb, Verb>> = { suspend: 'resume', resume: 'suspend', reject: 'approve' }

/** The actions of one account: those of its state, with the reason where one cannot be used. */
export function useAccountActions(onDeleted?: () => void): (account: AccountRow) => readonly RowAction[] {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  return useCallback(
    (account) => {
      const { id, name, state } = account
      const refused = whyNot('account.edit')
      const reason = refused && refusalText(refused)
      const undeletable = whyNot('account.delete')
      const run = (verb: Verb) => {
        const back = opposite[verb]
        const undo =
          back && (() => void commands[back](id).catch((error: unknown) => notify('failed', errorText(error))))
        commands[verb](id).then(
          () => notify('done', t(`accounts.did.${verb}`, { name }), undo),
          (error: unknown) => notify('failed', errorText(error)),
        )
      }
      return [
        ...verbs
          .filter(({ verb }) => (accountTransitions[verb].from as readonly AccountState[]).includes(state))
          .map(({ verb, icon }, index) => ({
            id: `account.${verb}`,
            titleKey: `accounts.${verb}`,
            icon,
            ...(index === 0 && { keys: 's' }),
            reason,
            run: () => run(verb),
          })),
        {
          id: 'account.edit',
          titleKey: 'accounts.edit',
          icon: RhUiEditIcon,
          keys: 'e',
          reason,
          run: () => openDialog((close) => <EditAccount account={account} onClose={close} />),
        },
        {
          id: 'account.delete',
          titleKey: 'accounts.delete',
          icon: RhUiTrashIcon,
          keys: 'Delete',
          danger: true,
          divided: true,
          reason: undeletable && refusalText(undeletable),
          run: () =>
            openDialog((close) => (
              <DeleteAccount account={account} {...(onDeleted && { onDone: onDeleted })} onClose={close} />
            )),
        },
      ]
    },
    [t, whyNot, refusalText, onDeleted],
  )
}
