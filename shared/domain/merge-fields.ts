/** How each field of each collection merges (spec/sync.md, Merging): one line a field, none left out. */
import { tokenPermissions } from './access-token-schema.ts'
import type { Application } from './application-schema.ts'
import type { CollectionName, DocumentOf } from './collections.ts'
import type { Envelope } from './document.ts'
import { sections } from './member.ts'
import {
  by,
  defaultPlan,
  type FieldMerge,
  keys,
  limits,
  members,
  metrics,
  rotating,
  silently,
  singleSecret,
} from './merge-list.ts'
import {
  access,
  earlier,
  earliest,
  filterSet,
  fixed,
  intersection,
  latest,
  lower,
  narrowest,
  plain,
  ranked,
  type Sides,
  set,
} from './merge-rule.ts'

/** Entries that no caller matches: the unspecified address (RFC 1122 3.2.1.3), a name that never resolves (RFC 6761). */
export const nobodysRange = '0.0.0.0/32'
export const nobodysDomain = 'nobody.invalid'

const secretText = silently(fixed)

const keyRules = {
  id: by(fixed),
  label: by(plain),
  digest: secretText,
  foldedDigest: secretText,
  sealed: secretText,
  hintTail: secretText,
  createdAt: by(fixed),
  lastUsedAt: by(latest),
  expiresAt: by(earlier),
  ipRanges: by(filterSet(nobodysRange)),
  referrers: by(filterSet(nobodysDomain)),
}

const rotatingRules = {
  id: by(fixed),
  digest: secretText,
  sealed: secretText,
  hintTail: secretText,
  createdAt: by(fixed),
  endsAt: by(earlier),
  lastUsedAt: by(latest),
}

const userKeyRules = {
  digest: secretText,
  // The same key sealed anew is the same key.
  sealed: secretText,
  hintTail: secretText,
  createdAt: by(fixed),
  lastUsedAt: by(latest),
}

const planRules = {
  id: by(fixed),
  name: by(plain),
  systemName: by(plain),
  state: by(ranked(['published', 'hidden'])),
  limits,
}
const metricRules = { id: by(fixed), systemName: by(plain), name: by(plain), unit: by(plain), parentId: by(plain) }

/** A group of settings that are given together: parameter names, error statuses. */
function settings(fields: Readonly<Record<string, FieldMerge>>): FieldMerge {
  return (sides, context) => {
    const { base, mine, theirs } = sides as Sides<Record<string, unknown>>
    return Object.fromEntries(
      Object.entries(fields).map(([field, mergeField]) => [
        field,
        mergeField(
          { base: base[field], mine: mine[field], theirs: theirs[field] },
          { ...context, at: `${context.at}.${field}` },
        ),
      ]),
    )
  }
}

const onIsStricter = by(ranked([false, true]))
const offIsStricter = by(ranked([true, false]))
const filterMode = by(ranked(['off', 'on', 'required']))

export const fieldMerges = {
  workspace: { name: by(plain), sample: by(fixed) },
  member: {
    name: by(plain),
    email: by(plain),
    role: by(ranked(['admin', 'member'])),
    state: by(ranked(['active', 'invited', 'suspended'])),
    sections: (sides, context) => {
      const merged = by(set)(sides, context) as readonly unknown[]
      return sections.filter((section) => merged.includes(section))
    },
    serviceAccess: by(access),
  },
  accessToken: {
    ownerId: by(fixed),
    name: by(plain),
    scopes: by(intersection),
    permission: by(narrowest([...tokenPermissions].reverse())),
    digest: secretText,
    hintHead: secretText,
    hintTail: secretText,
    createdAt: by(fixed),
    expiresAt: by(earliest),
    lastUsedAt: by(latest),
    lastUsedIp: silently(plain),
    rotatedTo: by(plain),
  },
  service: {
    name: by(plain),
    systemName: by(plain),
    description: by(plain),
    state: by(ranked(['live', 'suspended', 'retired'])),
    pattern: by(plain),
    credentialsLocation: by(plain),
    parameterNames: settings({ userKey: by(plain), appId: by(plain), appKey: by(plain) }),
    errorStatuses: settings({ missing: by(plain), wrong: by(plain), overLimit: by(plain) }),
    usageRules: settings({
      keyLimit: by(lower),
      atLeastOneKey: onIsStricter,
      customKeys: offIsStricter,
      approvalRequired: onIsStricter,
      developersMayRegenerate: offIsStricter,
      developersMayManageKeys: offIsStricter,
      ipFilter: filterMode,
      referrerFilter: filterMode,
    }),
    tokens: rotating(rotatingRules),
    // Before metrics: a metric that a merged limit needs stays.
    plans: members(planRules),
    metrics: metrics(metricRules),
    defaultPlanId: defaultPlan,
    alertLevels: by(plain),
    createdAt: by(fixed),
    migratedFrom: by(plain),
    migratedTo: by(plain),
  },
  account: {
    name: by(plain),
    state: by(ranked(['approved', 'pending', 'rejected', 'suspended'])),
    note: by(plain),
    developers: members({ id: by(fixed), name: by(plain), email: by(plain) }),
    createdAt: by(fixed),
  },
  application: {
    accountId: by(fixed),
    serviceId: by(fixed),
    planId: by(plain),
    name: by(plain),
    description: by(plain),
    state: by(ranked(['live', 'pending', 'suspended'])),
    createdAt: by(fixed),
    acceptedAt: by(latest),
    lastUsedAt: by(latest),
    userKey: singleSecret(userKeyRules),
    userKeyDigest: (_sides, { merged }) => (merged.userKey as Application['userKey'])?.digest ?? '',
    appId: by(plain),
    keys: keys(keyRules),
    clientSecrets: rotating(rotatingRules),
    redirectUrls: by(set),
    ipRanges: by(filterSet(nobodysRange)),
    referrers: by(filterSet(nobodysDomain)),
    keyless: ({ mine, theirs }, { merged }) =>
      (merged.keys as readonly unknown[]).length === 0 && (mine === true || theirs === true),
    migratedFrom: by(plain),
  },
  auditEvent: {
    device: by(fixed),
    sequence: by(fixed),
    at: by(fixed),
    channel: by(fixed),
    actorKind: by(fixed),
    actorId: by(fixed),
    actorName: by(fixed),
    code: by(fixed),
    objectCollection: by(fixed),
    objectId: by(fixed),
    objectName: by(fixed),
    serviceId: by(fixed),
    changes: by(fixed),
    previousHash: by(fixed),
    hash: by(fixed),
  },
} satisfies { [C in CollectionName]: Record<Exclude<keyof DocumentOf<C>, keyof Envelope>, FieldMerge> } as Record<
  CollectionName,
  Record<string, FieldMerge>
>
