/** `node test/vector-tables/generate.ts`: writes the vector files from their tables. `vectors.test.ts` says where they differ. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { authorizeCases } from './authorize-cases.ts'
import type { VectorFile } from './format.ts'
import { judgeCases } from './judge-cases.ts'
import { filterCases, mergeCases, permissionCases, tokenFormatCases, usageCases, windowCases } from './other-cases.ts'

export const tables = {
  authorize: authorizeCases,
  permission: permissionCases,
  'token-format': tokenFormatCases,
  usage: usageCases,
  filter: filterCases,
  window: windowCases,
  merge: mergeCases,
  judge: judgeCases,
} as const

/** The text of one vector file: a case a line, so that a change reads as one. */
export function fileText(subject: keyof typeof tables): string {
  const cases = tables[subject]() as VectorFile<unknown, unknown>['cases']
  return `{"subject":${JSON.stringify(subject)},"cases":[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`
}

export function filePath(subject: keyof typeof tables): string {
  return join(import.meta.dirname, '..', 'vectors', `${subject}.json`)
}

if (process.argv[1] === import.meta.filename) {
  for (const subject of Object.keys(tables) as (keyof typeof tables)[])
    writeFileSync(filePath(subject), fileText(subject))
}
