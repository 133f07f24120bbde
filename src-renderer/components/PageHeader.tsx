import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'

export interface Crumb {
  readonly title: string
  readonly to: string
}

/** Parents, title with state and facts beside it, one sentence, actions at the right (one primary, last). */
export function PageHeader({
  title,
  crumbs = [],
  facts,
  sentence,
  actions,
}: {
  readonly title: string
  readonly crumbs?: readonly Crumb[]
  readonly facts?: ReactNode
  readonly sentence?: ReactNode
  readonly actions?: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Latchkey`
  }, [title])
  useEffect(() => {
    // After going to another screen the reader starts at its title, unless a field there took the focus.
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus()
  }, [])
  return (
    <header className="lk-head">
      <div>
        {crumbs.length > 0 && (
          <ol className="lk-crumbs">
            {crumbs.map((crumb, index) => (
              <li key={crumb.to}>
                {index > 0 && <span aria-hidden="true">{'/ '}</span>}
                <Link to={crumb.to}>{crumb.title}</Link>
              </li>
            ))}
          </ol>
        )}
        <div className="lk-head-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {facts}
        </div>
        {sentence && <p>{sentence}</p>}
      </div>
      {actions && <div className="lk-head-actions">{actions}</div>}
    </header>
  )
}
