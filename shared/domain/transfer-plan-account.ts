/** Accounts and their developers (A15): by the commands that a person at the console gives. */
import {
  accountTransitions,
  addDeveloper,
  approveAccount,
  createAccount,
  rejectAccount,
  resumeAccount,
  suspendAccount,
  updateAccount,
  updateDeveloper,
} from './account.ts'
import type { Account } from './account-schema.ts'
import { accountSchema } from './account-schema.ts'
import { type Change, edited, newEnvelope } from './command.ts'
import type { Ulid } from './id.ts'
import { accept, type Outcome, refuse } from './outcome.ts'
import { isOurs, judgeRow, type Parsed, type Plan, type Planned, type Verdict } from './transfer-plan.ts'
import { freeId } from './transfer-plan-metrics.ts'
import { invalid, refusalOfRow } from './transfer-refusal.ts'
import type { AccountRow } from './transfer-schema.ts'

export function planAccount(plan: Plan, parsed: Parsed<'account'>): Verdict {
  return judgeRow(plan, 'account', plan.accounts, parsed, (row, claim) => {
    const found = foundAccount(plan, row)
    if (!found.ok) return found
    const claimed = claim(found.value)
    return claimed.ok ? decide(plan, row, claimed.value, found.value) : claimed
  })
}

/** By our id, else by name among what is stored: names are not unique, so two of one name are a question. */
function foundAccount(plan: Plan, row: AccountRow): Outcome<Account | undefined> {
  const byId = isOurs(row.id) ? plan.accounts.stored(row.id) : undefined
  if (byId !== undefined) return accept(byId)
  const named = plan.accounts.named(row.name)
  const stored = named.filter(({ id }) => plan.accounts.stored(id) !== undefined)
  if (stored.length > 1) return invalid('ambiguous', 'name', { value: row.name })
  if (stored.length === 0 && row.id === undefined && named.length > 0)
    return refuse('taken', { value: row.name }, 'name')
  return accept(stored[0])
}

/** The account that a command leaves, or the one before it where it changes nothing. */
function afterOf(outcome: Outcome<Change<unknown>>, before: Account): Outcome<Account> {
  if (!outcome.ok) return outcome
  const write = outcome.value.writes[0]
  return accept(write?.collection === 'account' && write.after !== undefined ? write.after : before)
}

const verbs = { approve: approveAccount, reject: rejectAccount, suspend: suspendAccount, resume: resumeAccount }

function decide(plan: Plan, row: AccountRow, id: Ulid, found: Account | undefined): Outcome<Planned<Account>> {
  const { context } = plan
  const started = found === undefined ? made(plan, row, id) : updated(plan, row, found)
  if (!started.ok) return started
  let account = started.value
  for (const [at, developer] of (row.developers ?? []).entries()) {
    const merged = withDeveloper(plan, account, developer, `developers.${at}`)
    if (!merged.ok) return merged
    account = merged.value
  }
  const { name, state, note, developers } = account
  const after =
    found === undefined
      ? { ...account, ...newEnvelope(context, id) }
      : edited(found, { name, state, note, developers }, context)
  const whole = accountSchema.safeParse(after)
  return whole.success ? accept({ after, issued: 0 }) : refusalOfRow(whole.error, after)
}

function made(plan: Plan, row: AccountRow, id: Ulid): Outcome<Account> {
  const { context } = plan
  const input = { name: row.name, note: row.note ?? '', state: 'approved' as const }
  const outcome = createAccount.decide({}, input, context)
  if (!outcome.ok) return outcome
  const [write] = outcome.value.writes
  if (write?.collection !== 'account' || write.after === undefined) return refuse('invalid')
  // Another system's account may be in any state: it comes as it was.
  return accept({ ...write.after, id, state: row.state ?? 'approved', createdAt: row.createdAt ?? context.now })
}

function updated(plan: Plan, row: AccountRow, found: Account): Outcome<Account> {
  const { context } = plan
  const renamed = afterOf(
    updateAccount.decide({ account: found }, { id: found.id, name: row.name, note: row.note }, context),
    found,
  )
  if (!renamed.ok || row.state === undefined || row.state === found.state) return renamed
  for (const [verb, { from, to }] of Object.entries(accountTransitions)) {
    if (to !== row.state || !(from as readonly string[]).includes(found.state)) continue
    const command = verbs[verb as keyof typeof verbs]
    return afterOf(command.decide({ account: renamed.value }, { id: found.id }, context), renamed.value)
  }
  return refuse('wrong_state', { state: found.state }, 'state')
}

function withDeveloper(
  plan: Plan,
  account: Account,
  row: NonNullable<AccountRow['developers']>[number],
  field: string,
): Outcome<Account> {
  const folded = row.email.toLowerCase()
  const held =
    account.developers.find(({ id }) => id === row.id) ??
    account.developers.find(
      ({ email }) => email.toLowerCase() === folded && plan.accounts.stored(account.id) !== undefined,
    )
  const outcome =
    held === undefined
      ? addDeveloper.decide({ account }, { id: account.id, name: row.name, email: row.email }, plan.context)
      : updateDeveloper.decide(
          { account },
          { id: account.id, developerId: held.id, name: row.name, email: row.email },
          plan.context,
        )
  const after = afterOf(outcome, account)
  if (!after.ok) return { ...after, field: after.field === undefined ? field : `${field}.${after.field}` }
  if (held !== undefined) return after
  const id = freeId(row.id, account.developers, plan)
  const developers = after.value.developers.map((each, at, all) => (at === all.length - 1 ? { ...each, id } : each))
  return accept({ ...after.value, developers })
}
