import { useSyncExternalStore } from 'react'

/** One clock for all relative times: ticks every 30 s while somebody looks. */
const listeners = new Set<() => void>()
let now = Date.now()
let timer = 0

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = Date.now()
    timer = window.setInterval(() => {
      now = Date.now()
      for (const tell of listeners) tell()
    }, 30_000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
