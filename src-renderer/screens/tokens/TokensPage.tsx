import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../app/actions/registry.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { RhUiAddIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { AccessTokens } from './AccessTokens.tsx'
import { ServiceTokens } from './ServiceTokens.tsx'

export function TokensPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refused = useWhyNot()('accessToken.own')
  const { refusalText } = useRefusalText()
  const reason = refused && refusalText(refused)
  useActions(
    useMemo(
      () => [
        {
          id: 'accessToken.create',
          group: 'create',
          titleKey: 'tokens.add',
          keys: 'n',
          icon: RhUiAddIcon,
          reason: () => reason,
          run: ({ navigate }) => navigate('/tokens/new'),
        },
      ],
      [reason],
    ),
  )
  return (
    <div className="lk-page">
      <PageHeader
        title={t('tokens.title')}
        sentence={t('tokens.sentence')}
        actions={
          <ActionButton
            variant="primary"
            icon={<RhUiAddIcon />}
            reason={reason}
            onClick={() => void navigate({ to: '/tokens/new' })}
          >
            {t('tokens.add')}
          </ActionButton>
        }
      />
      <div className="lk-body">
        <AccessTokens />
        <ServiceTokens />
      </div>
    </div>
  )
}
