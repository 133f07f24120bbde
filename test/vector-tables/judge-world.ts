/** The people and documents that judge vectors speak of. */
import type { Actor } from '../../shared/domain/actor.ts'
import { authorOf } from '../../shared/domain/actor.ts'
import { type JudgeContext, judge, type Verdict } from '../../shared/domain/judge.ts'
import { defaultUsageRules } from '../../shared/domain/service.ts'
import {
  actorOf,
  aDeveloper,
  aMember,
  anAccessToken,
  anAccount,
  anAdmin,
  anApplication,
  anEnvelope,
  aService,
  digest,
  noon,
  throughToken,
  ulidOf,
  workspaceId,
} from '../domain/fixtures.ts'
import type { ActorName, JudgeGiven } from './judge-cases.ts'

const admin = anAdmin()
const account = anAccount()

const actors: Readonly<Record<ActorName, Actor>> = {
  admin: actorOf(admin),
  otherAdmin: actorOf(anAdmin({ name: 'Otto Admin' })),
  partners: actorOf(aMember({ name: 'Pia Partners', sections: ['partners'] })),
  plans: actorOf(aMember({ name: 'Paul Plans', sections: ['plans'] })),
  settings: actorOf(aMember({ name: 'Sue Settings', sections: ['settings'] })),
  none: actorOf(aMember({ name: 'Nobody' })),
  elsewhere: actorOf(
    aMember({ name: 'Else', sections: ['partners', 'plans'], serviceAccess: [ulidOf('another service')] }),
  ),
  suspendedAdmin: actorOf(anAdmin({ name: 'Sus Admin', state: 'suspended' })),
  previewing: { kind: 'member', member: aMember({ name: 'Paul Plans', sections: ['plans'] }), previewedBy: admin },
  readOnlyToken: throughToken(anAccessToken(admin, { permission: 'ro' }), admin),
  adminToken: throughToken(anAccessToken(admin), admin),
  developer: aDeveloper(account),
  strangeDeveloper: aDeveloper(anAccount({ name: 'Umbrella' })),
  system: { kind: 'system' },
}

type Json = Record<string, unknown>

/** Puts values at dotted paths; members of lists by their index. */
export function patched(document: object, change: Readonly<Json>): Json {
  const copy = structuredClone(document) as Json
  for (const [path, value] of Object.entries(change)) {
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    const holder = steps.reduce<Json>((at, step) => at[step] as Json, copy)
    holder[last] = value
  }
  return copy
}

/** Judges what a vector gives. */
export function judgedVector(given: JudgeGiven): Verdict {
  const actor = actors[given.actor]
  const service = aService({ pattern: 'app_id_key', usageRules: { ...defaultUsageRules, ...given.usageRules } })
  const person = actor.kind === 'member' ? actor.member : actor.kind === 'accessToken' ? actor.owner : aMember()
  const { self, ...beforeChange } = given.before ?? {}
  const fixtures = {
    workspace: { ...anEnvelope(workspaceId), name: 'Acme APIs', sample: false },
    member: self ? person : aMember({ name: 'Someone Else' }),
    accessToken: anAccessToken(admin),
    service,
    account,
    application: anApplication(service, account),
  }
  const before = patched(fixtures[given.collection], beforeChange)
  const context: JudgeContext = {
    workspace: workspaceId,
    now: noon,
    service,
    account,
    otherActiveAdmins: given.otherActiveAdmins ?? 1,
    isTaken: (_field, value) => given.taken?.includes(value) ?? false,
    digest,
  }
  const after =
    given.change === null
      ? undefined
      : {
          ...patched(before, given.change),
          rev: 2,
          updatedAt: noon,
          updatedBy: authorOf(actor),
          command: { ...(before.command as object), baseRev: 1 },
          ...given.envelope,
        }
  return judge(actor, given.collection, before as never, after as never, context)
}
