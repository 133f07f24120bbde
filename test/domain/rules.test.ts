/** Rules that no single function holds. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/domain/actor.ts'
import { authorize } from '../../shared/domain/authorize.ts'
import { refusalCodes } from '../../shared/domain/outcome.ts'
import { type Action, denial, rights } from '../../shared/domain/permission.ts'
import { accessTokenPrefix, isToken, makeToken, serviceTokenPrefix } from '../../shared/domain/token-format.ts'
import { passing } from '../vector-tables/authorize-cases.ts'
import { snapshotOf } from '../vector-tables/world.ts'
import {
  actorOf,
  aDeveloper,
  aMember,
  anAccessToken,
  anAccount,
  anAdmin,
  digest,
  repeatingRandom,
  throughToken,
} from './fixtures.ts'

describe('rules across nouns', () => {
  it('T1: the two kinds of token are told apart by their form, and one does not serve for the other', () => {
    const access = makeToken(accessTokenPrefix, repeatingRandom('T1')).reveal()
    expect(isToken(accessTokenPrefix, access)).toBe(true)
    expect(isToken(serviceTokenPrefix, access)).toBe(false)
    const given = passing('api_key')
    const call = { ...given.call, serviceToken: access }
    expect(authorize(snapshotOf(given), call, given.now, { digest })).toMatchObject({ code: 'service_token_invalid' })
  })

  it('M4: whatever the table refuses, it refuses with a reason that a sentence can be made of', () => {
    const admin = anAdmin()
    const actors: Actor[] = [
      actorOf(aMember({ serviceAccess: [] })),
      actorOf(aMember({ state: 'suspended' })),
      { kind: 'member', member: admin, previewedBy: admin },
      throughToken(anAccessToken(admin, { permission: 'ro' }), admin),
      aDeveloper(anAccount()),
    ]
    for (const actor of actors) {
      for (const action of Object.keys(rights) as Action[]) {
        const refusal = denial(actor, action)
        if (refusal === undefined) continue
        expect(refusalCodes).toContain(refusal.code)
        if (refusal.code === 'forbidden') expect(Object.keys(refusal.params).length, action).toBeGreaterThan(0)
      }
    }
  })
})
