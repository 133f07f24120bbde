import { Button } from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../app/refusal.ts'
import { RhUiErrorFillIcon, RhUiSearchIcon } from './icons.ts'

export interface ListEmptyProps {
  readonly icon: ComponentType
  /** One sentence that teaches. */
  readonly sentence: string
  /** One action. */
  readonly action?: ReactNode
}

/** Nothing there yet, or nothing found by the filters. */
export function ListEmpty({
  icon: Icon,
  sentence,
  action,
  filtered,
  onClearFilters,
}: ListEmptyProps & { readonly filtered: boolean; readonly onClearFilters: () => void }) {
  const { t } = useTranslation()
  if (filtered) {
    return (
      <div className="lk-empty">
        <RhUiSearchIcon />
        <p>{t('common.notFound')}</p>
        <Button variant="tertiary" onClick={onClearFilters}>
          {t('common.clearFilters')}
        </Button>
      </div>
    )
  }
  return (
    <div className="lk-empty">
      <Icon />
      <p>{sentence}</p>
      {action}
    </div>
  )
}

export function ListFailed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  return (
    <div className="lk-empty" role="alert">
      <RhUiErrorFillIcon />
      <p>{errorText(error)}</p>
      <Button variant="tertiary" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  )
}
