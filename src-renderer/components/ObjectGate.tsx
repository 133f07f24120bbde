/** The page of one object: loading (said after a second), gone or not allowed, or the object. */
import { Button } from '@patternfly/react-core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalOf, useRefusalText } from '../app/refusal.ts'
import { type Crumb, PageHeader } from './PageHeader.tsx'

export function ObjectGate<T>({
  answer,
  crumbs,
  children,
}: {
  readonly answer: Pick<UseQueryResult<T, unknown>, 'data' | 'error' | 'refetch'>
  readonly crumbs: readonly Crumb[]
  readonly children: (object: T) => ReactNode
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const back = crumbs.at(-1)
  if (answer.error) {
    const gone = refusalOf(answer.error)?.code === 'not_found'
    return (
      <div className="lk-page">
        <PageHeader title={t('common.notAvailable')} crumbs={crumbs} sentence={errorText(answer.error)} />
        <div className="lk-body">
          <div className="lk-row">
            {gone && back ? (
              <Link className="lk-link" to={back.to}>
                {back.title}
              </Link>
            ) : (
              <Button variant="tertiary" onClick={() => void answer.refetch()}>
                {t('common.retry')}
              </Button>
            )}
          </div>
        </div>
      </div>
    )
  }
  if (answer.data === undefined) return <Waiting />
  return children(answer.data)
}

/** Nothing for a second, then words: most answers come within a few ms, and a flash would only disturb. */
export function Waiting() {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="lk-empty" role="status" aria-busy="true">
      {late && t('common.loading')}
    </div>
  )
}
