import { Button } from '@patternfly/react-core'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RhUiErrorFillIcon } from '../components/icons.ts'

/** A screen that broke says so and lets the rest of the window live. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return <Broken onRetry={() => this.setState({ broken: false })} />
  }
}

export function Broken({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="lk-empty" role="alert">
      <RhUiErrorFillIcon />
      <h1>{t('frame.brokenTitle')}</h1>
      <p>{t('frame.brokenText')}</p>
      <Button variant="tertiary" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  )
}
