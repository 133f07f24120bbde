import { afterEach, describe, expect, it, vi } from 'vitest'

vi.hoisted(() => {
  // What the registry's neighbours look at when they are loaded; no page is needed for the rules themselves.
  vi.stubGlobal('navigator', { platform: 'Linux', languages: ['en'] })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {} }))
})

const { pressedKeys, keyCaps } = await import('../../src-renderer/app/actions/keys.ts')
const { matches } = await import('../../src-renderer/app/actions/match.tsx')
const { actionForKeys, actionsOf, addActions, startsSequence, useRegistry } = await import(
  '../../src-renderer/app/actions/registry.ts'
)
type Action = import('../../src-renderer/app/actions/registry.ts').Action

const context = { whyNot: () => undefined, navigate: () => undefined }
const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  group: 'here',
  titleKey: id,
  run: () => undefined,
  ...more,
})
const press = (key: string, more = {}) =>
  pressedKeys({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }, false)

afterEach(() => useRegistry.setState({ layers: [] }))

describe('keys', () => {
  it('are named as actions name them', () => {
    expect(press('n')).toBe('n')
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('K', { ctrlKey: true })).toBe('Mod+k')
    expect(press('S', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+s')
    expect(press(' ')).toBe('Space')
  })
  it('leave alone what belongs to the system or to an IME', () => {
    expect(press('Shift')).toBeUndefined()
    expect(press('Process')).toBeUndefined()
    expect(press('n', { altKey: true })).toBeUndefined()
    expect(press('n', { metaKey: true })).toBeUndefined()
  })
  it('are drawn as caps', () => {
    expect(keyCaps('Mod+k')).toEqual(['Ctrl', 'K'])
    expect(keyCaps('g s')).toEqual(['G', 'S'])
  })
})

describe('the registry', () => {
  it('lets the layer that came last win, by id and by keys, until it goes', () => {
    addActions([action('create', { keys: 'n', titleKey: 'global' })])
    const remove = addActions([action('create', { keys: 'n', titleKey: 'screen' })])
    const titles = () => actionsOf(useRegistry.getState()).map(({ titleKey }) => titleKey)
    expect(titles()).toEqual(['screen'])
    remove()
    expect(titles()).toEqual(['global'])
  })
  it('knows sequences, and passes over what is hidden', () => {
    const actions = [action('a', { keys: 'g s', hidden: () => true }), action('b', { keys: 'g s' })]
    expect(startsSequence(actions, 'g')).toBe(true)
    expect(startsSequence(actions, 's')).toBe(false)
    expect(actionForKeys(actions, 'g s', context)?.id).toBe('b')
  })
  it('finds by every word that was typed, in any order', () => {
    expect(matches('tok add', 'Add access token')).toBe(true)
    expect(matches('', 'Anything')).toBe(true)
    expect(matches('sus', 'Add access token')).toBe(false)
  })
})
