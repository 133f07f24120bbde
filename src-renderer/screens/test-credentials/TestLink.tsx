import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiCheckupIcon } from '../../components/icons.ts'

/** The way to *Test credentials* from a list, a service or an application. */
export function TestLink({
  serviceId,
  applicationId,
}: {
  readonly serviceId?: string
  readonly applicationId?: string
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refused = useWhyNot()('application.test', serviceId)
  const { refusalText } = useRefusalText()
  const search = {
    ...(serviceId !== undefined && { service: serviceId }),
    ...(applicationId !== undefined && { application: applicationId }),
  }
  return (
    <ActionButton
      variant="tertiary"
      icon={<RhUiCheckupIcon />}
      reason={refused && refusalText(refused)}
      onClick={() => void navigate({ to: '/test-credentials', search } as never)}
    >
      {t('test.title')}
    </ActionButton>
  )
}
