import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowAction } from '../../components/data-table.ts'
import { RhUiAddIcon, RhUiRefreshIcon } from '../../components/icons.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { CreateKey, RegenerateUserKey, RollKey, RotateClientSecret } from './key-dialogs.tsx'
import type { ApplicationDetail, ApplicationKey } from './rows.ts'
import { useKeyName } from './words.tsx'

/** What is done with an application's credentials; `about` names the key among several. */
export interface CredentialAction extends RowAction {
  readonly about?: string
}

/**
 * The button of an application's credentials by its pattern (A6, A7, A9), and the same for the keys and the palette.
 * `reason`: why nothing can be changed.
 */
export function useCredentialAction(application: ApplicationDetail, reason: string | undefined): RowAction {
  const { t } = useTranslation()
  return useMemo((): RowAction => {
    const { pattern, userKey, keys, usageRules, clientSecrets } = application
    switch (pattern) {
      case 'api_key':
        return {
          id: 'application.regenerate',
          titleKey: userKey ? 'applications.regenerate' : 'applications.makeUserKey',
          icon: RhUiRefreshIcon,
          keys: 'r',
          reason,
          run: () => openDialog((close) => <RegenerateUserKey application={application} onClose={close} />),
        }
      case 'app_id_key': {
        const limit = usageRules.keyLimit
        const full = usableKeys(keys).length >= limit ? t('applications.keyLimit', { limit }) : undefined
        return {
          id: 'application.addKey',
          titleKey: 'applications.addKey',
          icon: RhUiAddIcon,
          keys: 'n',
          reason: reason ?? full,
          run: () => openDialog((close) => <CreateKey application={application} onClose={close} />),
        }
      }
      case 'oauth': {
        const ending = clientSecrets.some(({ endsAt }) => endsAt !== 0) ? t('applications.rotating') : undefined
        return {
          id: 'application.rotateSecret',
          titleKey: clientSecrets.length === 0 ? 'applications.makeSecret' : 'applications.rotate',
          icon: RhUiRefreshIcon,
          keys: 'r',
          reason: reason ?? ending,
          run: () => openDialog((close) => <RotateClientSecret application={application} onClose={close} />),
        }
      }
    }
  }, [application, reason, t])
}

/** Rolling each usable key of the App ID pattern (A7): R where it is the only one, by name in the palette else. */
export function useRollActions(
  application: ApplicationDetail,
  reason: string | undefined,
): readonly CredentialAction[] {
  const keyName = useKeyName()
  return useMemo(() => {
    const usable = application.pattern === 'app_id_key' ? usableKeys(application.keys) : []
    return usable.map((item) => ({
      id: `application.rollKey.${item.id}`,
      titleKey: 'applications.rollKey',
      about: keyName(item),
      icon: RhUiRefreshIcon,
      ...(usable.length === 1 && { keys: 'r' }),
      reason,
      run: () => openDialog((close) => <RollKey application={application} item={item} onClose={close} />),
    }))
  }, [application, reason, keyName])
}

function usableKeys(keys: readonly ApplicationKey[]): readonly ApplicationKey[] {
  return keys.filter(({ standing }) => standing !== 'expired')
}
