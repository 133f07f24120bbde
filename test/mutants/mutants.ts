/**
 * Faults to plant, one line each: a check dropped, a comparison flipped, an order swapped. Each `find` stands exactly
 * once in its file. `npm run mutants` plants them one by one in a copy and expects the tests to fail.
 */
export interface Mutant {
  readonly file: string
  readonly find: string
  readonly replace: string
  /** The test files that must notice. */
  readonly tests: readonly string[]
}

const decisions = ['vectors', 'authorize'] as const
const judging = ['judge', 'vectors'] as const
const merging = ['merge', 'vectors'] as const

function of(
  file: string,
  tests: readonly string[],
  rows: readonly (readonly [find: string, replace: string])[],
): Mutant[] {
  return rows.map(([find, replace]) => ({ file, find, replace, tests }))
}

export const mutants: readonly Mutant[] = [
  ...of('authorize.ts', decisions, [
    ['if (userKey !== undefined && appId !== undefined) return', 'if (false) return'],
    ["if (call.oauth && settings.pattern !== 'oauth') return", 'if (false) return'],
    ['settings.keylessAllowed && hit.grants.is', 'hit.grants.is'],
    ['settings.keylessAllowed && hit.grants.is(hit.place, fact.keyless)', 'settings.keylessAllowed'],
    ['(secret.endsAt === 0 || now < secret.endsAt)', '(secret.endsAt === 0 || now <= secret.endsAt)'],
    ['(secret.endsAt === 0 || now < secret.endsAt)', 'true'],
    ['checkRedirectUri(settings, hit, call) ??', ''],
    ['if (!grants.is(place, fact.live)) {', "if (grants.at(place).state === 'suspended') {"],
    ['if (snapshot.blockedAccounts.size > 0 && snapshot', 'if (false && snapshot'],
    ["return settings.state === 'live' ? undefined", "return settings.state !== 'suspended' ? undefined"],
    ['checkServiceState(settings) ??', ''],
    ["return settings.ipFilter === 'required' ?", 'return false ?'],
    ['!inRanges(snapshot, ofApplication, ip)', 'inRanges(snapshot, ofApplication, ip)'],
    ['if (ofKey !== undefined && !inRanges(snapshot, ofKey, ip))', 'if (false)'],
    ['if (ofKey !== undefined && !referrerAllowed(ofKey, referrer)) {', 'if (false) {'],
    ["if (settings.referrerFilter === 'off') return undefined", ''],
    [
      "if (limits === undefined) return fail('limits', 'limits_exceeded', { plan: 'unknown' })",
      'if (limits === undefined) return undefined',
    ],
    ['given.length < 12', 'given.length < 0'],
    ['given.slice(0, 4)', 'given'],
    ['if (given === undefined) return undefined', "if (given === undefined || given === '') return undefined"],
    [
      "return text === undefined || text.trim() === '' ? undefined : text",
      "return text === undefined || text === '' ? undefined : text",
    ],
    [
      'hit.grants.at(hit.place).redirectUrls.includes(call.redirectUri)',
      'hit.grants.at(hit.place).redirectUrls.some((url) => call.redirectUri?.startsWith(url))',
    ],
  ]),
  ...of(
    'packed-grants.ts',
    ['packed-grants', 'vectors'],
    [
      ['|| first.endsAt !== 0) return undefined', ') return undefined'],
      ['secrets.length > 1 || ', ''],
      ['first.ipRanges.length === 0 && first.referrers', 'first.referrers'],
      ['const filtered = grant.ipRanges.length > 0 || ', 'const filtered = '],
      ['return key === undefined ? fact.oneSecret : fact.oneKey', 'return fact.oneKey'],
      ['(grant.keys.length === 0 ? fact.keyless : 0)', '(grant.keys.length <= 1 ? fact.keyless : 0)'],
      ["grant.state === 'live' ?", "grant.state !== 'suspended' ?"],
      ['if ((facts & fact.identifier) === 0) return at(place)[by] === identifier', ''],
    ],
  ),
  ...of(
    'packed-text.ts',
    ['packed-grants'],
    [
      ['if (text.length !== length) return false', ''],
      ['return seen > 0xff ? -1 : word >>> 0', 'return word >>> 0'],
      ['if (text.length > mostCharacters) return false', ''],
    ],
  ),
  ...of(
    'packed-digest.ts',
    ['packed-grants'],
    [
      ['return seen >= 16 ? notHexadecimal : word >>> 0', 'return word >>> 0'],
      [
        'if (wordOf(text, at * 8) !== words[from + at]) return false',
        'if (at === 0 && wordOf(text, 0) !== words[from]) return false',
      ],
    ],
  ),
  ...of(
    'identifier-index.ts',
    ['identifier-index'],
    [
      ['&& rows.holds((slot >>> placeShift) - 1, key)) return at', ') return at'],
      ['&& slot !== gone && rows', '&& rows'],
    ],
  ),
  ...of('snapshot.ts', decisions, [
    ["if (change.document?.state === 'approved') {", "if (change.document?.state !== 'suspended') {"],
    ['if (grants.byUserKey.get(before.userKeyDigest) === before) grants', 'grants'],
    ['keylessAllowed: !service.usageRules.atLeastOneKey', 'keylessAllowed: service.usageRules.atLeastOneKey'],
    ['snapshot.applications.delete(id)', ''],
  ]),
  ...of(
    'usage.ts',
    ['usage', 'vectors'],
    [
      [
        'if (given === undefined) return current <= limit.value',
        'if (given === undefined) return current < limit.value',
      ],
      [
        'return (given.set ? given.amount : current + given.amount) <= limit.value',
        'return current + given.amount <= limit.value',
      ],
      ['if (usage !== undefined && given === undefined) continue', ''],
      ['flat ? lineage.slice(0, 1) : lineage', 'lineage'],
      ['if (value.set || before === undefined)', 'if (before === undefined)'],
      ['used * 100 >= bin * limit', 'used * 100 > bin * limit'],
      ['const usageForm = /^ *(#?)([0-9]+) *$/', 'const usageForm = /^\\s*(#?)([0-9]+)\\s*$/'],
      ['Math.min(Number(match[2]), Number.MAX_SAFE_INTEGER)', 'Number(match[2])'],
    ],
  ),
  ...of(
    'usage-window.ts',
    ['usage-window'],
    [
      ['const firstMonday = -3', 'const firstMonday = -4'],
      ['const shifted = month <= 2 ? year - 1 : year', 'const shifted = month < 2 ? year - 1 : year'],
      ["return windowStart('week', at) + 7 * dayMs", "return windowStart('week', at) + 6 * dayMs"],
    ],
  ),
  ...of(
    'permission.ts',
    ['vectors', 'permission'],
    [
      ["if (right.writes && actor.token.permission === 'ro') return", 'if (false) return'],
      ["if (member.state !== 'active') return", "if (member.state === 'suspended') return"],
      ["if (!holdsSection(actor.owner, section)) return refuse('forbidden', { section })", ''],
      ["if (right.writes && actor.previewedBy !== undefined) return refuse('preview_read_only')", ''],
      ['if (serviceId !== undefined && !hasService(member, serviceId))', 'if (serviceId !== undefined && false)'],
    ],
  ),
  ...of('merge-rule.ts', merging, [
    [
      'fromWidest.indexOf(sides.mine) > fromWidest.indexOf(sides.theirs)',
      'fromWidest.indexOf(sides.mine) < fromWidest.indexOf(sides.theirs)',
    ],
    [
      "threeWay(sides, () => ({ result: Math.min(sides.mine, sides.theirs), reason: 'more_restrictive' }))",
      "threeWay(sides, () => ({ result: Math.max(sides.mine, sides.theirs), reason: 'more_restrictive' }))",
    ],
    ['sides.mine === 0 ? sides.theirs : sides.theirs === 0', 'sides.mine === 0 ? sides.mine : sides.theirs === 0'],
    ['result: result.length === 0 ? [nobody] : result', 'result'],
    ["if (mine.length === 0) return { result: theirs, reason: 'more_restrictive' }", ''],
    [
      "if (mine === 'all') return { result: theirs, reason: 'more_restrictive' }",
      "if (mine === 'all') return { result: mine, reason: 'more_restrictive' }",
    ],
    [
      'result: base.filter((item) => mine.includes(item) && theirs.includes(item)),',
      'result: base.filter((item) => mine.includes(item) || theirs.includes(item)),',
    ],
  ]),
  ...of('merge-list.ts', merging, [
    ['        tellKept(sides, lost, context)\n', ''],
    ['if (isChosen && !context', 'if (false && !context'],
    ['if (ofMine !== undefined && ofTheirs !== undefined) {', 'if (ofMine !== undefined || ofTheirs !== undefined) {'],
    ['if (merged.length === 0 && !askedForKeyless) return', 'if (false) return'],
    ['if (excess > 0 && isMineOnly(key, sides)) {', 'if (false) {'],
    ['const result = mine === undefined ? undefined : theirs', 'const result = mine'],
    ['theirsRotated && isNew(member)', 'false && isNew(member)'],
    [
      'return Math.min(mine ?? Number.POSITIVE_INFINITY, theirs ?? Number.POSITIVE_INFINITY)',
      'return mine === undefined ? mine : Math.min(mine, theirs ?? Number.POSITIVE_INFINITY)',
    ],
  ]),
  ...of('merge.ts', merging, [
    ["return collection === 'accessToken' && (merged.scopes as readonly unknown[]).length === 0", 'return false'],
    ['command: { ...mine.command, baseRev: theirs.rev },', 'command: mine.command,'],
  ]),
  ...of('judge.ts', judging, [
    ['return isWellFormed(value) ? undefined : refuse', 'return true ? undefined : refuse'],
    ['after.updatedBy === authorOf(actor) ? undefined', 'true ? undefined'],
    ['if (after.workspace !== context.workspace) return', 'if (false) return'],
    ["['rev', after.rev !== rev + 1],", "['rev', after.rev <= rev],"],
    ["if (changed.length === 0) return refuse('already', {}, 'rev')", ''],
    ['const broken = refusal ?? wholeRules[collection].holds(after, context)', 'const broken = refusal'],
  ]),
  ...of('judge-fields.ts', judging, [
    ["personOf(actor) === before.id ? refuse('own_rights') : undefined,", 'undefined,'],
    ['(context.otherActiveAdmins ?? 0) === 0', 'false'],
    ["after.permission === 'ro'", 'true'],
    ['after.scopes.every((scope) => before.scopes.includes(scope))', 'after.scopes.length <= before.scopes.length'],
    ['if (before.accountId !== actor.accountId) return', 'if (false) return'],
    ['pattern: all(ofService, ofApplications),', 'pattern: ofService,'],
    ['asked.before.usageRules.atLeastOneKey === asked.after.usageRules.atLeastOneKey ?', 'true ?'],
    ["before.appId === '' ? undefined : refuse('forbidden', { fixed: true })", 'undefined'],
  ]),
  ...of('judge-list.ts', judging, [
    ["['sealed', 'hintTail', 'createdAt'])\n  if (touched", "['hintTail', 'createdAt'])\n  if (touched"],
    ['fresh.lastUsedAt === wasUsed ||', 'true ||'],
    ['return before === 0 || (after !== 0 && after <= before)', 'return before === 0 || after <= before'],
    [
      "return usableKeys(before, context.now).some(isGone) ? refuse('last_key', {}, 'keys') : undefined",
      'return undefined',
    ],
    ['after.keyless !== isKeyless(context.service, after)', 'false'],
    ["if (filtered !== undefined && actor.kind === 'developer') {", 'if (false) {'],
    ['if (added.some((item) => normalize(item) !== item)) return', 'if (false) return'],
  ]),
  ...of('judge-whole.ts', judging, [
    ['if (!tokens.some(({ endsAt }) => endsAt === 0)) return', 'if (false) return'],
    ['if (hasTwoEndless(tokens)) return', 'if (false) return'],
    ['if (personOf(actor) !== after.ownerId) return', 'if (false) return'],
    ['if (after.sequence !== before.sequence + 1) return', 'if (after.sequence < before.sequence + 1) return'],
    ['if (after.previousHash !== before.hash) return', 'if (false) return'],
    ["const isLast = before.role === 'admin' &&", 'const isLast = false &&'],
  ]),
  ...of(
    'token-format.ts',
    ['vectors'],
    [
      ['if (!/^[0-9A-Za-z]+$/.test(text.slice(prefix.length))) return false', ''],
      ['return encodeBase62(BigInt(crc32(body)), checksumLength) === text.slice(-checksumLength)', 'return true'],
    ],
  ),
  ...of(
    'filter.ts',
    ['vectors', 'filter'],
    [
      ['range.bytes.length === bytes.length &&', ''],
      ['return address.isIPv4MappedAddress() ? address.toIPv4Address() : address', 'return address'],
    ],
  ),
  ...of(
    'member-commands.ts',
    ['member'],
    [
      [
        "if (personOf(context.actor) === member.id) return refuse('own_rights')\n    return replaced(member, { state",
        'return replaced(member, { state',
      ],
    ],
  ),
  ...of('usage.ts', ['usage'], [['bin <= reached && wanted', 'bin === reached && wanted']]),
  ...of('rotation.ts', ['transfer-plan'], [['.length > 1', '.length > 2']]),
]
