import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import type { AccessTokenRow } from '../../app/rows.ts'
import type { RowAction } from '../../components/data-table.ts'
import { RhUiEditIcon, RhUiRefreshIcon, RhUiTrashIcon } from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { DeleteAccessToken, EditAccessToken, RotateAccessToken } from './dialogs.tsx'

/** The actions of one token, with the reason where one cannot be used. */
export function useTokenActions(): (token: AccessTokenRow) => readonly RowAction[] {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  return useCallback(
    (token) => {
      const own = whyNot('accessToken.own')
      const any = whyNot('accessToken.deleteAny')
      const ownReason = own ? refusalText(own) : token.own ? undefined : t('tokens.ownerOnly')
      const expired = token.standing === 'expired' ? t('tokens.isExpired') : undefined
      const rotated = token.rotatedTo === undefined ? undefined : t('refusal.rotation_under_way')
      const removal = token.own ? own : any
      return [
        {
          id: 'accessToken.rotate',
          titleKey: 'tokens.rotate',
          icon: RhUiRefreshIcon,
          keys: 'r',
          inline: true,
          reason: ownReason ?? expired ?? rotated,
          run: () => openDialog((close) => <RotateAccessToken token={token} onClose={close} />),
        },
        {
          id: 'accessToken.edit',
          titleKey: 'tokens.edit',
          icon: RhUiEditIcon,
          keys: 'e',
          reason: ownReason,
          run: () => openDialog((close) => <EditAccessToken token={token} onClose={close} />),
        },
        {
          id: 'accessToken.delete',
          titleKey: 'tokens.delete',
          icon: RhUiTrashIcon,
          keys: 'Delete',
          danger: true,
          divided: true,
          reason: removal && refusalText(removal),
          run: () => openDialog((close) => <DeleteAccessToken token={token} onClose={close} />),
        },
      ]
    },
    [t, whyNot, refusalText],
  )
}
