/** The list's state in the address: read typed, changed in place without a new step in the history for each letter. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** `Search` is the output type of the route's `validateSearch`. */
export function useSearchState<Search extends object>(): readonly [Search, (change: Partial<Search>) => void] {
  // The route validated it; the router's own types would need every screen to know every other.
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const change = useCallback(
    (part: Partial<Search>) =>
      void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true } as never),
    [navigate],
  )
  return [search, change]
}
