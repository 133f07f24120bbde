/**
 * Edits of one list that is saved as a whole, one after the other: each is made from what the one before it left, so that
 * two quick presses lose nothing. The page's own copy is older than that for a moment after every save.
 */
export function editsInTurn<Item>(
  read: () => Promise<readonly Item[]>,
  write: (items: readonly Item[]) => Promise<unknown>,
): (edit: (items: readonly Item[]) => readonly Item[]) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (edit) => {
    const mine = last.then(async () => {
      await write(edit(await read()))
    })
    // A refused edit is told to its own caller; the next one still has its turn.
    last = mine.catch(() => undefined)
    return mine
  }
}
