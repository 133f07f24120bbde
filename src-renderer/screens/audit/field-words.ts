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

/** Where the words of a field's values stand, below which each value has its own key. */
const valueWords: Readonly<Record<string, string>> = {
  state: 'audit.state',
  pattern: 'services.patterns',
  credentialsLocation: 'integration.locations',
  ipFilter: 'rules.mode',
  referrerFilter: 'rules.mode',
  role: 'common.role',
  permission: 'common.permission',
  sections: 'common.section',
  scopes: 'common.scope',
  serviceAccess: 'members.modes',
}

/** The last part of a field's name: `usageRules.ipFilter` has the values of `ipFilter`. */
export const lastPart = (field: string): string => field.slice(field.lastIndexOf('.') + 1)

/** The key of a value's word, or undefined where the value is said as it is. */
export function valueKey(field: string, value: string): string | undefined {
  const words = valueWords[lastPart(field)]
  // What a file brought may hold anything; only plain words are looked up.
  return words !== undefined && /^[a-z_]+$/.test(value) ? `${words}.${value}` : undefined
}
