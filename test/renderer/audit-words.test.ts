import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accessTokenSchema } from '../../shared/domain/access-token-schema.ts'
import { accountSchema } from '../../shared/domain/account-schema.ts'
import { applicationSchema } from '../../shared/domain/application-schema.ts'
import { envelopeShape } from '../../shared/domain/document.ts'
import { memberSchema } from '../../shared/domain/member.ts'
import {
  metricSchema,
  planSchema,
  planStates,
  serviceSchema,
  serviceStates,
} from '../../shared/domain/service-schema.ts'
import { fieldWords, valueKey } from '../../src-renderer/screens/audit/field-words.ts'

const root = join(import.meta.dirname, '../..')
/** Never in an event: they hold or derive from a secret, or no command edits them. */
const untold = ['digest', 'userKeyDigest', 'sealed', 'hintHead', 'hintTail', 'ownerId', 'id', 'lastUsedIp']

function text(language: string, key: string): unknown {
  const [file = '', ...path] = key.split('.')
  let found: unknown = JSON.parse(readFileSync(join(root, 'src-renderer/i18n', language, `${file}.json`), 'utf8'))
  for (const part of path) found = (found as Record<string, unknown> | undefined)?.[part]
  return found
}

/** The fields of all documents, those of nested objects with their path. */
function documentFields(): readonly string[] {
  const schemas = [accessTokenSchema, accountSchema, applicationSchema, memberSchema, serviceSchema]
  const top = schemas.flatMap(({ shape }) =>
    Object.keys(shape).flatMap((name) => {
      const inner = (shape as Record<string, { shape?: object }>)[name]?.shape
      // A user key is told as its end only.
      return inner && name !== 'userKey' ? Object.keys(inner).map((part) => `${name}.${part}`) : [name]
    }),
  )
  const parts = [
    ...Object.keys(metricSchema.shape).map((part) => `metric.hits.${part}`),
    ...Object.keys(planSchema.shape).map((part) => `plan.gold.${part}`),
  ]
  return [...top, ...parts].filter((field) => {
    const last = field.split('.').at(-1) ?? ''
    return !((field.split('.')[0] ?? '') in envelopeShape) && !untold.includes(last)
  })
}

/** The fields that commands name themselves. */
function namedFields(): readonly string[] {
  const domain = join(root, 'shared/domain')
  return readdirSync(domain).flatMap((name) =>
    [...readFileSync(join(domain, name), 'utf8').matchAll(/field: '([A-Za-z.]+)', before/g)].map(
      (match) => match[1] ?? '',
    ),
  )
}

describe.each(['en', 'ko'])('%s', (language) => {
  it('has a name for every field that an event can tell of', () => {
    const fields = [...documentFields(), ...namedFields(), 'developer.name', 'developer.email', 'members.made']
    expect(fields.length).toBeGreaterThan(60)
    const missing = fields.filter((field) => typeof text(language, `audit.field.${fieldWords(field).key}`) !== 'string')
    expect(missing).toEqual([])
  })

  it('has a word for every value that is one of a few', () => {
    const several: Readonly<Record<string, readonly string[]>> = {
      state: [
        ...serviceStates,
        ...accountSchema.shape.state.options,
        ...applicationSchema.shape.state.options,
        ...memberSchema.shape.state.options,
      ],
      'plan.gold.state': planStates,
      pattern: serviceSchema.shape.pattern.options,
      credentialsLocation: serviceSchema.shape.credentialsLocation.options,
      'usageRules.ipFilter': serviceSchema.shape.usageRules.shape.ipFilter.options,
      'usageRules.referrerFilter': serviceSchema.shape.usageRules.shape.referrerFilter.options,
      role: memberSchema.shape.role.options,
      sections: memberSchema.shape.sections.element.options,
      scopes: accessTokenSchema.shape.scopes.element.options,
      permission: accessTokenSchema.shape.permission.options,
      serviceAccess: ['all'],
    }
    const values = Object.entries(several).flatMap(([field, all]) => all.map((value) => [field, value] as const))
    const missing = values.filter(([field, value]) => typeof text(language, valueKey(field, value) ?? '') !== 'string')
    expect(missing).toEqual([])
  })
})

it('a limit is a plan, a metric and a period; a part of a plan or metric names it', () => {
  expect(fieldWords('plan.gold.hits.day')).toEqual({ key: 'limit', owner: 'gold', metric: 'hits', period: 'day' })
  expect(fieldWords('metric.hits.unit')).toEqual({ key: 'unit', owner: 'hits' })
  expect(fieldWords('usageRules.keyLimit')).toEqual({ key: 'usageRules_keyLimit' })
  expect(fieldWords('plan')).toEqual({ key: 'plan' })
})

it('free text and unknown values are said as they are', () => {
  expect(valueKey('name', 'live')).toBeUndefined()
  expect(valueKey('state', 'a.b')).toBeUndefined()
})
