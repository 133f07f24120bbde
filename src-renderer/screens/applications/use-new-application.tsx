import { Button } from '@patternfly/react-core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiAddIcon } from '../../components/icons.ts'

interface For {
  readonly account?: string
  readonly service?: string
}

/** The button *New application*, its key `n` while it is on screen, and the same for an empty list. */
export function useNewApplication(
  { account, service }: For = {},
  blocked?: string,
): { readonly button: ReactNode; readonly emptyAction: ReactNode } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refused = useWhyNot()('application.edit', service)
  const { refusalText } = useRefusalText()
  const reason = refused ? refusalText(refused) : blocked
  const go = useMemo(
    () => () =>
      void navigate({
        to: '/applications/new',
        search: { ...(account !== undefined && { account }), ...(service !== undefined && { service }) },
      } as never),
    [navigate, account, service],
  )
  useActions(
    useMemo(
      () => [
        {
          id: 'application.create',
          group: 'create',
          titleKey: 'applications.create',
          keys: 'n',
          icon: RhUiAddIcon,
          reason: () => reason,
          run: go,
        },
      ],
      [reason, go],
    ),
  )
  return {
    button: (
      <ActionButton variant="primary" icon={<RhUiAddIcon />} reason={reason} onClick={go}>
        {t('applications.create')}
      </ActionButton>
    ),
    emptyAction: reason === undefined && (
      <Button variant="primary" onClick={go}>
        {t('applications.create')}
      </Button>
    ),
  }
}
