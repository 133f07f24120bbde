import { describe, expect, it } from 'vitest'
import type { ChangeNotice } from '../../shared/protocol/console.ts'
import { ChangeFeed } from '../../src-main/engine/change-feed.ts'

/** The first notice of a feed, after something was published. */
async function firstAfter(feed: ChangeFeed, since: number | undefined): Promise<ChangeNotice | undefined> {
  const stop = new AbortController()
  const notices = feed.from(since, stop.signal)
  const first = notices.next()
  feed.publish(['service'])
  const { value } = await first
  stop.abort()
  await notices.next()
  return value ?? undefined
}

describe('the change feed', () => {
  it('tells whoever comes anew what changes from then on', async () => {
    const feed = new ChangeFeed()
    feed.publish(['account'])
    expect(await firstAfter(feed, undefined)).toEqual({ sequence: 2, collections: ['service'] })
  })

  it('goes on after the number that was seen last', async () => {
    const feed = new ChangeFeed()
    feed.publish(['account'])
    feed.publish(['member'])
    expect(await firstAfter(feed, 1)).toEqual({ sequence: 2, collections: ['member'] })
  })

  it.each([99, Number.NaN, Number.POSITIVE_INFINITY, 0.5, -1])('takes %d for one that fell behind', async (since) => {
    const feed = new ChangeFeed()
    feed.publish(['account'])
    expect((await firstAfter(feed, since))?.collections).toContain('status')
  })
})
