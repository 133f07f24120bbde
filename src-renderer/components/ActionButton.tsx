import { Button, type ButtonProps, Tooltip } from '@patternfly/react-core'
import type { ReactNode } from 'react'

/** A button that stays in its place and says why where it cannot be used. */
export function ActionButton({
  reason,
  children,
  ...props
}: Omit<ButtonProps, 'ref' | 'isAriaDisabled'> & {
  readonly reason?: string | undefined
  readonly children: ReactNode
}) {
  if (reason === undefined) return <Button {...props}>{children}</Button>
  return (
    <Tooltip content={reason}>
      <Button {...props} isAriaDisabled>
        {children}
      </Button>
    </Tooltip>
  )
}
