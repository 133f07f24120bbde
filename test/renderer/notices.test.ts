import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clearNotices, newestUndoable, notify, undoNotice, useNotices } from '../../src-renderer/state/notices.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  clearNotices()
})

describe('undo', () => {
  it('is of the newest change that can be taken back, also when its toast is gone', () => {
    const undone: string[] = []
    notify('done', 'one', () => undone.push('one'))
    notify('done', 'two', () => undone.push('two'))
    notify('done', 'cannot be undone')
    vi.runAllTimers()
    expect(useNotices.getState().toasts).toEqual([])
    for (const expected of ['two', 'one']) {
      const newest = newestUndoable()
      expect(newest?.text).toBe(expected)
      if (newest) undoNotice(newest.id)
    }
    expect(newestUndoable()).toBeUndefined()
    expect(undone).toEqual(['two', 'one'])
  })

  it('runs once, and its toast goes', () => {
    const undo = vi.fn()
    notify('done', 'one', undo)
    const { id } = newestUndoable() ?? { id: 0 }
    undoNotice(id)
    undoNotice(id)
    expect(undo).toHaveBeenCalledTimes(1)
    expect(useNotices.getState()).toMatchObject({ toasts: [], all: [{ text: 'one' }] })
  })

  it('ends with the workspace, whose notices go', () => {
    notify('done', 'one', () => undefined)
    clearNotices()
    expect(newestUndoable()).toBeUndefined()
  })
})
