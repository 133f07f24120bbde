import { Button } from '@patternfly/react-core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answers } from '../../app/ask.ts'
import { useMay } from '../../app/person.ts'
import { RhUiCubesIcon, RhUiKeyIcon } from '../../components/icons.ts'

/** What to do first in a workspace that has little in it yet; gone once it is done. */
export function NextSteps({ overview }: { readonly overview: Answers['overview'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const { tokens } = overview
  const steps = [
    {
      id: 'service',
      icon: RhUiCubesIcon,
      to: '/services/new',
      open: overview.services === 0 && may('service.create'),
    },
    {
      id: 'token',
      icon: RhUiKeyIcon,
      to: '/tokens/new',
      open: tokens.active + tokens.expiring + tokens.expired + tokens.neverUsed === 0 && may('accessToken.own'),
    },
  ].filter(({ open }) => open)
  if (steps.length === 0) return null
  return (
    <section className="lk-panel" aria-label={t('overview.next')}>
      <div className="lk-toolbar">
        <h2>{t('overview.next')}</h2>
      </div>
      <ul className="lk-lines">
        {steps.map(({ id, icon: Icon, to }, index) => (
          <li key={id} className="lk-step">
            <div className="lk-tile lk-grey">
              <Icon />
            </div>
            <div className="lk-space">
              <p className="lk-strong">{t(`overview.step.${id}`)}</p>
              <p className="lk-subtle">{t(`overview.stepText.${id}`)}</p>
            </div>
            <Button variant={index === 0 ? 'primary' : 'tertiary'} onClick={() => void navigate({ to })}>
              {t(`overview.stepButton.${id}`)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
