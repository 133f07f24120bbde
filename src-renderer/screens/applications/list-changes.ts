/**
 * Takes one change of a list back out of what the list is by now: what the change put in goes, what it took out comes
 * back, and what came or went since stays as it is.
 */
export function takenBack(
  now: readonly string[],
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): readonly string[] {
  const kept = now.filter((item) => before.includes(item) || !after.includes(item))
  return [...kept, ...before.filter((item) => !after.includes(item) && !kept.includes(item))]
}
