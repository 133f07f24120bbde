import { expect, it } from 'vitest'
import { editsInTurn } from '../../src-renderer/screens/service-plans/in-turn.ts'

/** A list that answers only after others had a chance to come between. */
function slowList(start: readonly number[]) {
  let kept = start
  let refused = false
  const pause = () => new Promise((resolve) => setTimeout(resolve, 0))
  return {
    kept: () => kept,
    refuseNext: () => {
      refused = true
    },
    read: async () => {
      await pause()
      return kept
    },
    write: async (items: readonly number[]) => {
      await pause()
      if (refused) {
        refused = false
        throw new Error('refused')
      }
      kept = items
    },
  }
}
const without = (item: number) => (items: readonly number[]) => items.filter((other) => other !== item)

it('two edits at once both count', async () => {
  const list = slowList([50, 80, 90])
  const edit = editsInTurn(list.read, list.write)
  await Promise.all([edit(without(50)), edit(without(80))])
  expect(list.kept()).toEqual([90])
})

it('control: without turns the second brings back what the first took', async () => {
  const list = slowList([50, 80, 90])
  const edit = async (change: (items: readonly number[]) => readonly number[]) => list.write(change(await list.read()))
  await Promise.all([edit(without(50)), edit(without(80))])
  expect(list.kept()).toEqual([50, 90])
})

it('a refused edit is told to who asked, and the next one goes on', async () => {
  const list = slowList([50, 80])
  const edit = editsInTurn(list.read, list.write)
  list.refuseNext()
  const first = edit(without(50))
  const second = edit(without(80))
  await expect(first).rejects.toThrow('refused')
  await second
  expect(list.kept()).toEqual([50])
})
