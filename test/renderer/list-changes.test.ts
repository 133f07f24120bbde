import { expect, it } from 'vitest'
import { takenBack } from '../../src-renderer/screens/applications/list-changes.ts'

it.each([
  ['what was taken out comes back', ['b'], { before: ['a', 'b'], after: ['b'] }, ['b', 'a']],
  ['what was put in goes', ['a', 'b'], { before: ['a'], after: ['a', 'b'] }, ['a']],
  ['what came since stays', ['b', 'c'], { before: ['a', 'b'], after: ['b'] }, ['b', 'c', 'a']],
  ['what went since stays away', [], { before: ['a', 'b'], after: ['b'] }, ['a']],
  ['what somebody else has put back is there once', ['a', 'b'], { before: ['a', 'b'], after: ['b'] }, ['a', 'b']],
] as const)('a change taken back: %s', (_, now, change, then) => {
  expect(takenBack(now, change)).toEqual(then)
})
