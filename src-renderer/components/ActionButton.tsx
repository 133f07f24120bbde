import { Button, type ButtonProps, Tooltip } from '@patternfly/react-core'
import { type ReactNode, useRef } from 'react'

/**
 * A button that stays in its place and says why where it cannot be used. It stays the same element too: focus returns to
 * it from the very dialog whose work gives the reason.
 */
export function ActionButton({
  reason,
  children,
  ...props
}: Omit<ButtonProps, 'ref' | 'isAriaDisabled'> & {
  readonly reason?: string | undefined
  readonly children: ReactNode
}) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button {...props} ref={button} isAriaDisabled={reason !== undefined}>
        {children}
      </Button>
      {reason !== undefined && <Tooltip triggerRef={button} content={reason} aria-live="off" />}
    </>
  )
}
