/** Which text says a field of an audit event, and which its values: the trail keeps the names of the documents. */

/** The key of a field's name, and the system names that stand in it: `plan.gold.hits.day` is a limit of a plan. */
export interface FieldWords {
  readonly key: string
  /** The plan or metric that the field belongs to. */
  readonly owner?: string
  readonly metric?: string
  readonly period?: string
}

export function fieldWords(field: string): FieldWords {
  const [noun = '', owner = '', part = '', period] = field.split('.')
  if ((noun === 'plan' || noun === 'metric') && part !== '') {
    return period === undefined ? { key: part, owner } : { key: 'limit', owner, metric: part, period }
  }
  return { key: field.replaceAll('.', '_') }
}

/** The key of the word for each value of a field. */
const valueWords: Readonly<Record<string, (value: string) => string>> = {
  state: (value) => `audit.state.${value}`,
  pattern: (value) => `services.patterns.${value}`,
  credentialsLocation: (value) => `integration.locations.${value}`,
  ipFilter: (value) => `rules.mode.${value}`,
  referrerFilter: (value) => `rules.mode.${value}`,
  role: (value) => `common.role.${value}`,
  permission: (value) => `common.permission.${value}`,
  sections: (value) => `common.section.${value}`,
  scopes: (value) => `common.scope.${value}`,
  serviceAccess: (value) => `members.modes.${value}`,
}

/** The last part of a field's name: `usageRules.ipFilter` has the values of `ipFilter`. */
export const lastPart = (field: string): string => field.slice(field.lastIndexOf('.') + 1)

/** The key of a value's word, or undefined where the value is said as it is. */
export function valueKey(field: string, value: string): string | undefined {
  const words = valueWords[lastPart(field)]
  // What a file brought may hold anything; only plain words are looked up.
  return /^[a-z_]+$/.test(value) ? words?.(value) : undefined
}
