import { describe, expect, it } from 'vitest'
import { compareLanguages, compareUses, placeholders, readSource, type Uses } from '../../scripts/check-i18n.ts'

const none = (): Uses => ({ literals: new Map(), patterns: new Map(), strings: new Set(), problems: [] })
const read = (text: string) => {
  const uses = none()
  readSource('a.tsx', text, uses)
  return uses
}

describe('the check of texts', () => {
  it('sees the placeholders inside of choices', () => {
    expect(placeholders('{count, plural, one {# of {name}} other {{count} x}}', 'en')).toEqual(['count', 'name'])
  })
  it('finds what only one language has, and placeholders that differ', () => {
    expect(
      compareLanguages(
        new Map([
          ['a.b', '{x}'],
          ['a.c', ''],
        ]),
        new Map([
          ['a.b', '{y}'],
          ['a.d', ''],
        ]),
      ),
    ).toHaveLength(3)
  })
  it('finds a missing key, a pattern that no key fits, and a key that nothing uses', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    const uses = read("t('a.missing'); t(`a.none.${x}`); t(on ? 'a.on' : 'a.off'); t(`a.state.${s}`)")
    const problems = compareUses(
      new Map([
        ['a.on', ''],
        ['a.off', ''],
        ['a.state.live', ''],
        ['a.unused', ''],
      ]),
      uses,
    )
    expect(problems).toHaveLength(3)
    expect(problems.join()).toMatch(/a\.missing.*a\.none.*a\.unused/)
  })
  it('finds text in JSX and in what is read aloud', () => {
    expect(read('<p title="Hi">Hello <b>{t("a.b")}</b> ·</p>').problems).toHaveLength(2)
    expect(read('<p className="x">{t("a.b")} · 5</p>').problems).toEqual([])
  })
})
