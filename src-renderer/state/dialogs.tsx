/** One place that shows dialogs, so that any action can open one and focus returns to what opened it. */
import { Fragment, type ReactNode } from 'react'
import { create } from 'zustand'

interface OpenDialog {
  readonly id: number
  readonly render: (close: () => void) => ReactNode
  readonly invoker: Element | null
}

const useDialogs = create<{ readonly open: readonly OpenDialog[] }>()(() => ({ open: [] }))
let lastId = 0

/** Opens a dialog; it gets a function that closes it. Secrets stay in the dialog's own state, never here. */
export function openDialog(render: (close: () => void) => ReactNode): void {
  const id = ++lastId
  useDialogs.setState(({ open }) => ({ open: [...open, { id, render, invoker: document.activeElement }] }))
}

function closeDialog(id: number): void {
  const closing = useDialogs.getState().open.find((dialog) => dialog.id === id)
  useDialogs.setState(({ open }) => ({ open: open.filter((dialog) => dialog.id !== id) }))
  // After React has taken the dialog away. What opened it may be gone by then (a deleted row): the page's title it is.
  requestAnimationFrame(() => {
    if (useDialogs.getState().open.length > 0) return
    const { invoker } = closing ?? {}
    const back =
      invoker instanceof HTMLElement && invoker.isConnected && invoker !== document.body
        ? invoker
        : document.querySelector<HTMLElement>('main h1')
    back?.focus()
  })
}

/** True while any dialog is open: keys of the page are off. */
export function dialogIsOpen(): boolean {
  return useDialogs.getState().open.length > 0
}

export function closeAllDialogs(): void {
  useDialogs.setState({ open: [] })
}

export function Dialogs() {
  const open = useDialogs((state) => state.open)
  return open.map(({ id, render }) => <Fragment key={id}>{render(() => closeDialog(id))}</Fragment>)
}
