/**
 * Checks the renderer's texts: both languages have the same keys with the same placeholders, every key that is used is
 * there and every key that is there is used, every refusal code has its sentence, and no text stands in JSX.
 * `node scripts/check-i18n.ts`: exit code 1 and a line a problem where there is one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import ts from 'typescript'
import { refusalCodes } from '../shared/domain/outcome.ts'

const root = join(import.meta.dirname, '..')
const renderer = join(root, 'src-renderer')
const languages = ['en', 'ko'] as const

export type Messages = ReadonlyMap<string, string>

/** `{ a: { b: 'x' } }` below `tokens` as `tokens.a.b` → `x`. */
export function flatten(value: unknown, prefix: string, into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'string') into.set(prefix, value)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) flatten(inner, `${prefix}.${name}`, into)
  }
  return into
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

function argumentsIn(elements: readonly Element[], into: Set<string>): Set<string> {
  for (const element of elements) {
    // 0 is literal text, 7 is `#`; all others name an argument (a tag its own name, which is not one).
    if ('value' in element && element.type !== 0 && element.type !== 8) into.add(element.value)
    if ('options' in element && element.options) {
      for (const { value } of Object.values(element.options)) argumentsIn(value, into)
    }
    if ('children' in element) argumentsIn(element.children, into)
  }
  return into
}

/** The placeholders of an ICU message, sorted; throws where it cannot be parsed. */
export function placeholders(message: string, language: string): readonly string[] {
  return [
    ...argumentsIn(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst(), new Set()),
  ].sort()
}

/** Both languages against each other. */
export function compareLanguages(en: Messages, ko: Messages): string[] {
  const problems: string[] = []
  for (const [key, message] of en) {
    const other = ko.get(key)
    if (other === undefined) {
      problems.push(`${key}: not in Korean`)
      continue
    }
    try {
      const [mine, theirs] = [placeholders(message, 'en').join(), placeholders(other, 'ko').join()]
      if (mine !== theirs) problems.push(`${key}: placeholders differ, {${mine}} in English, {${theirs}} in Korean`)
    } catch (error) {
      problems.push(`${key}: ${(error as Error).message}`)
    }
  }
  for (const key of ko.keys()) if (!en.has(key)) problems.push(`${key}: not in English`)
  return problems
}

export interface Uses {
  /** Keys as written, with where. */
  readonly literals: Map<string, string>
  /** Keys with a part that is known at run time only: a pattern, with where. */
  readonly patterns: Map<string, string>
  /** Every other string of the sources: a key may be handed on as a value. */
  readonly strings: Set<string>
  readonly problems: string[]
}

/** Attributes whose text a person sees or hears. */
const spokenAttributes = new Set(['title', 'aria-label', 'placeholder', 'label', 'alt', 'aria-description'])
const keyProperties = new Set(['titleKey'])
const hasLetters = (text: string) => /\p{L}/u.test(text)

function patternOf(node: ts.TemplateExpression): string {
  const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
  return parts.join('\u0000')
}

/** A pattern as a test of keys: a part known at run time only has no or more dots. */
export function patternTest(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('\u0000')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  )
}

/** What one source file uses, and the text that stands in its JSX. */
export function readSource(name: string, text: string, uses: Uses): void {
  const file = ts.createSourceFile(
    name,
    text,
    ts.ScriptTarget.Latest,
    true,
    name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const at = (node: ts.Node) => `${name}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`

  function key(node: ts.Expression): void {
    if (ts.isStringLiteralLike(node)) uses.literals.set(node.text, at(node))
    else if (ts.isTemplateExpression(node)) uses.patterns.set(patternOf(node), at(node))
    else if (ts.isConditionalExpression(node)) {
      key(node.whenTrue)
      key(node.whenFalse)
    } else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) key(node.expression)
  }

  /** A key that is made elsewhere than in the call of `t`: it counts as a use, and nothing is said where none fits. */
  const named = (pattern: string) => uses.patterns.has(pattern) || uses.patterns.set(pattern, '')

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      const { expression: called } = node
      const isT =
        (ts.isIdentifier(called) && called.text === 't') ||
        (ts.isPropertyAccessExpression(called) && called.name.text === 't')
      const [first] = node.arguments
      if (isT && first) key(first)
    } else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && keyProperties.has(node.name.text))
      key(node.initializer)
    else if (ts.isJsxText(node) && hasLetters(node.text))
      uses.problems.push(`${at(node)}: text in JSX: ${node.text.trim()}`)
    else if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      const attribute = node.name.getText(file)
      if (spokenAttributes.has(attribute) && hasLetters(node.initializer.text)) {
        uses.problems.push(`${at(node)}: text in ${attribute}: ${node.initializer.text}`)
      }
    }
    if (ts.isStringLiteralLike(node)) uses.strings.add(node.text)
    else if (ts.isTemplateExpression(node) && /^[a-zA-Z]+\./.test(node.head.text)) named(patternOf(node))
    ts.forEachChild(node, visit)
  }
  visit(file)
}

/** Keys that are missing, keys that nothing uses. */
export function compareUses(messages: Messages, uses: Uses): string[] {
  const problems = [...uses.problems]
  for (const [key, where] of uses.literals) if (!messages.has(key)) problems.push(`${where}: no text for ${key}`)
  const tests: RegExp[] = []
  for (const [pattern, where] of uses.patterns) {
    const test = patternTest(pattern)
    tests.push(test)
    if (where !== '' && ![...messages.keys()].some((key) => test.test(key))) {
      problems.push(`${where}: no text for any ${pattern.replaceAll('\u0000', '…')}`)
    }
  }
  for (const key of messages.keys()) {
    const used = uses.literals.has(key) || uses.strings.has(key) || tests.some((test) => test.test(key))
    if (!used) problems.push(`${key}: used nowhere`)
  }
  return problems
}

function messagesOf(language: string): Map<string, string> {
  const folder = join(renderer, 'i18n', language)
  const messages = new Map<string, string>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    flatten(JSON.parse(readFileSync(join(folder, name), 'utf8')), name.slice(0, -'.json'.length), messages)
  }
  return messages
}

export function checkTexts(): string[] {
  const [en, ko] = languages.map(messagesOf)
  if (!en || !ko) return ['a language is missing']
  const uses: Uses = { literals: new Map(), patterns: new Map(), strings: new Set(), problems: [] }
  for (const entry of readdirSync(renderer, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue
    const path = join(entry.parentPath, entry.name)
    readSource(relative(root, path), readFileSync(path, 'utf8'), uses)
  }
  for (const code of refusalCodes) uses.literals.set(`refusal.${code}`, 'shared/domain/outcome.ts')
  return [...compareLanguages(en, ko), ...compareUses(en, uses)]
}

if (import.meta.main) {
  const problems = checkTexts()
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log('Texts: both languages whole.')
  process.exitCode = problems.length === 0 ? 0 : 1
}
