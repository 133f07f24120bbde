import { expect, it } from 'vitest'
import { problemsOf, readConfiguration } from '../../scripts/check-electron-builder.ts'

const configuration = readConfiguration()

it('is what electron-builder accepts and our security list asks for', async () => {
  expect(await problemsOf(configuration)).toEqual([])
})

it.each([
  ['a word that is no option', { ...configuration, assar: true }, /assar/],
  ['an option of another kind', { ...configuration, asar: 'yes' }, /asar/],
  [
    'a fuse the other way',
    { ...configuration, electronFuses: { ...configuration.electronFuses, runAsNode: true } },
    /runAsNode/,
  ],
  ['a fuse that is left out', { ...configuration, electronFuses: {} }, /onlyLoadAppFromAsar/],
  [
    'a place to send updates from',
    { ...configuration, publish: { provider: 'generic', url: 'https://x.example' } },
    /publish/,
  ],
  ['an icon that is not there', { ...configuration, linux: { icon: 'build/none.png' } }, /none\.png/],
])('control: %s is found', async (_name, broken, problem) => {
  expect((await problemsOf(broken)).join('\n')).toMatch(problem)
})
