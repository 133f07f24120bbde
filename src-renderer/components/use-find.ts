import { useCallback, useState } from 'react'
import { looksSecret } from './list-search.ts'

/** The text a list is searched by: from the address, or, where it may be a secret, from this component's state only. */
export function useFind(q: string | undefined, setQ: (q: string | undefined) => void) {
  const [pasted, setPasted] = useState('')
  const onFind = useCallback(
    (text: string, fromElsewhere = false) => {
      // A custom key looks like any word (A6, A7): one that was pasted is not told apart from it.
      const secret = text.trim() !== '' && (fromElsewhere || looksSecret(text))
      setPasted(secret ? text.trim() : '')
      setQ(secret || text === '' ? undefined : text)
    },
    [setQ],
  )
  return { text: pasted || (q ?? ''), secret: pasted !== '', onFind }
}
