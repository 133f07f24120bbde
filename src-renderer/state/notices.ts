/** Toasts and the notification drawer: each toast also lands in the drawer. A notice never holds a secret. */
import { create } from 'zustand'

export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'failed' | 'note'
  readonly text: string
  readonly at: number
  /** Takes the change back, where that is safe. */
  readonly undo?: () => void
}

interface Notices {
  /** Newest first, at most 100. */
  readonly all: readonly Notice[]
  readonly toasts: readonly number[]
  readonly unread: number
}

export const useNotices = create<Notices>()(() => ({ all: [], toasts: [], unread: 0 }))

let lastId = 0
const toastMs = 6_000

/** Shows a toast; what failed stays until closed. */
export function notify(kind: Notice['kind'], text: string, undo?: () => void): void {
  const id = ++lastId
  const notice: Notice = { id, kind, text, at: Date.now(), ...(undo && { undo }) }
  useNotices.setState(({ all, toasts, unread }) => ({
    all: [notice, ...all].slice(0, 100),
    toasts: [...toasts, id].slice(-4),
    unread: unread + 1,
  }))
  if (kind !== 'failed') setTimeout(() => closeToast(id), undo ? toastMs * 2 : toastMs)
}

export function closeToast(id: number): void {
  useNotices.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other !== id) }))
}

/** The newest change that can still be taken back. */
export function newestUndoable(): Notice | undefined {
  return useNotices.getState().all.find(({ undo }) => undo !== undefined)
}

/** Takes a change back, once: neither its toast nor the drawer offers it again. */
export function undoNotice(id: number): void {
  const undo = useNotices.getState().all.find((notice) => notice.id === id)?.undo
  if (!undo) return
  useNotices.setState(({ all }) => ({
    all: all.map((notice) => {
      if (notice.id !== id) return notice
      const { undo: _taken, ...rest } = notice
      return rest
    }),
  }))
  closeToast(id)
  undo()
}

export function markRead(): void {
  useNotices.setState({ unread: 0 })
}

export function clearNotices(): void {
  useNotices.setState({ all: [], toasts: [], unread: 0 })
}
