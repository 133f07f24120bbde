import { Button, type ButtonProps, Spinner } from '@patternfly/react-core'
import { useEffect, useState } from 'react'

/** A button whose command is under way: pressed once only; what takes longer than a moment shows that it goes on. */
export function BusyButton({
  busy,
  onClick,
  ...props
}: Omit<ButtonProps, 'ref' | 'isLoading'> & { readonly busy: boolean }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!busy) return
    const timer = setTimeout(() => setLate(true), 400)
    return () => clearTimeout(timer)
  }, [busy])
  return (
    <Button
      {...props}
      aria-busy={busy}
      {...(late && { icon: <Spinner size="sm" aria-hidden="true" /> })}
      onClick={busy ? undefined : onClick}
    />
  )
}
