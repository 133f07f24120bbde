import { describe, expect, it } from 'vitest'
import { collator, dayMonth, exactUtc, joined, relativeTime, shortDate } from '../../src-renderer/i18n/formats.ts'

const now = Date.UTC(2026, 10, 22, 12)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('relative times', () => {
  it.each([
    [now, 'now', '지금'],
    [now - 3 * hour, '3 hours ago', '3시간 전'],
    [now - 41 * day, '41 days ago', '41일 전'],
    [now - 61 * day, '2 months ago', '2개월 전'],
    [now + 21 * day, 'in 21 days', '21일 후'],
    // A token made a moment ago for 30 days still ends in 30 days.
    [now + 30 * day - 5_000, 'in 30 days', '30일 후'],
    [now + 22 * hour, 'in 22 hours', '22시간 후'],
  ])('%i', (at, en, ko) => {
    expect(relativeTime(at, now, 'en')).toBe(en)
    expect(relativeTime(at, now, 'ko')).toBe(ko)
  })
})

describe('dates', () => {
  it('name the zone where they are exact, and are the same in every language', () => {
    expect(exactUtc(now)).toBe('2026-11-22 12:00:00 UTC')
  })
  it('leave the year out while it is clear', () => {
    expect(dayMonth(now, now, 'en')).toBe('22 Nov')
    expect(dayMonth(now - 400 * day, now, 'en')).toBe(shortDate(now - 400 * day, 'en'))
    expect(shortDate(now, 'ko')).toMatch(/^2026년 11월 2[23]일$/)
  })
})

it('sorts Korean names as a Korean reader does', () => {
  expect(['나무', '가게', '다리', 'alpha'].sort(collator('ko').compare)).toEqual(['가게', '나무', '다리', 'alpha'])
})

it('joins lists as the language does', () => {
  expect(joined(['a', 'b', 'c'], 'en')).toBe('a, b and c')
  expect(joined(['Dana', 'Marcus'], 'en', 'disjunction')).toBe('Dana or Marcus')
})
