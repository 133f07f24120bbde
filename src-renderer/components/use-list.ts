/** A list of any length, a window at a time: sorting, filtering and counting happen in the database (rule: 100k rows). */
import { hashKey, keepPreviousData, type QueryKey, useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Page } from '../../shared/protocol/query.ts'

export const blockRows = 100

export interface Window {
  readonly skip: number
  readonly limit: number
}

export interface List<P extends Page<unknown>> {
  /** Another one where search, filters or order are others: what was chosen of the old rows may not be in sight. */
  readonly question: string
  /** The newest answer: figures and totals. */
  readonly page: P | undefined
  readonly total: number
  readonly row: (index: number) => P['rows'][number] | undefined
  /** Says which rows are on screen, so that their blocks are asked for. */
  readonly show: (first: number, last: number) => void
  readonly error: unknown
  readonly retry: () => void
}

/**
 * `key` names the question (`trpc.service.list.queryKey(filters)`), `fetch` asks it for a window.
 * `secret`: the question holds a pasted secret and leaves the cache as soon as nobody looks.
 */
export function useList<P extends Page<unknown>>({
  key,
  fetch,
  secret = false,
}: {
  readonly key: QueryKey
  readonly fetch: (window: Window) => Promise<P>
  readonly secret?: boolean
}): List<P> {
  const [range, setRange] = useState({ first: 0, last: 0 })
  const blocks: number[] = []
  for (let block = range.first; block <= range.last; block++) blocks.push(block)
  const answers = useQueries({
    queries: blocks.map((block) => ({
      queryKey: [...key, { skip: block * blockRows }],
      queryFn: () => fetch({ skip: block * blockRows, limit: blockRows }),
      placeholderData: keepPreviousData<P>,
      ...(secret && { gcTime: 0 }),
    })),
  })
  const answered = answers.find((answer) => answer.data !== undefined)?.data
  /** A jump asks for a window of which nothing is known yet: without the old total the list would be empty meanwhile. */
  const last = useRef<P>(undefined)
  useEffect(() => {
    if (answered !== undefined) last.current = answered
  }, [answered])
  const page = answered ?? last.current
  const rowsOf = new Map<number, P['rows']>()
  for (const [index, answer] of answers.entries()) {
    const block = blocks[index]
    if (block !== undefined && answer.data && !answer.isPlaceholderData) rowsOf.set(block, answer.data.rows)
    else if (block !== undefined && answer.data && blocks.length === 1) rowsOf.set(block, answer.data.rows)
  }
  const failed = answers.find((answer) => answer.error !== null && answer.data === undefined)
  const show = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(Math.max(0, first) / blockRows), last: Math.floor(Math.max(0, last) / blockRows) }
    setRange((range) => (range.first === next.first && range.last === next.last ? range : next))
  }, [])
  return {
    question: hashKey(key),
    page,
    total: page?.total ?? 0,
    row: (index) => rowsOf.get(Math.floor(index / blockRows))?.[index % blockRows],
    show,
    error: failed?.error ?? undefined,
    retry: () => void failed?.refetch(),
  }
}
