import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountTransitions } from '../../shared/domain/account.ts'
import { applicationTransitions } from '../../shared/domain/application.ts'
import { refusalCodes } from '../../shared/domain/outcome.ts'
import { serviceTransitions } from '../../shared/domain/service-settings.ts'

const root = join(import.meta.dirname, '..', '..')
const languages = ['en', 'ko'] as const

function texts(language: string, area: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, 'src-renderer', 'i18n', language, `${area}.json`), 'utf8'))
}

/** The text under a dotted key, or undefined. */
function at(tree: Record<string, unknown>, key: string): unknown {
  return key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], tree)
}

/** Every audit code that the domain and the engine write: the literal ones, and those of the transition tables. */
function auditCodes(): string[] {
  const folders = ['shared/domain', 'src-main/engine', 'src-main/engine/transfer']
  const literal = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(root, folder, name), 'utf8').matchAll(/code: '([a-zA-Z]+\.[a-zA-Z]+)'/g),
      ])
      .map((match) => match[1] ?? ''),
  )
  const past = {
    accept: 'accepted',
    approve: 'approved',
    reject: 'rejected',
    suspend: 'suspended',
    resume: 'resumed',
    retire: 'retired',
  }
  const moved = (noun: string, table: object) =>
    Object.keys(table).map((verb) => `${noun}.${past[verb as keyof typeof past]}`)
  return [
    ...new Set([
      ...literal,
      ...['service', 'account', 'application', 'member'].map((kind) => `${kind}.imported`),
      ...moved('account', accountTransitions),
      ...moved('application', applicationTransitions),
      ...moved('service', serviceTransitions),
    ]),
  ].sort()
}

describe.each(languages)('the words in %s', (language) => {
  it.each(refusalCodes)('have a sentence for the refusal %s', (code) => {
    expect(at(texts(language, 'refusal'), code)).toBeTypeOf('string')
  })

  it.each(auditCodes())('have a sentence for the event %s', (code) => {
    expect(at(texts(language, 'audit'), `code.${code}`)).toBeTypeOf('string')
  })
})
