import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newFolder } from './engines.ts'

it('the example of the README runs', () => {
  const library = join(import.meta.dirname, '../../src-main/store/sqlite-storage')
  const folder = newFolder()
  const example = readFileSync(join(library, 'README.md'), 'utf8').split('```ts\n')[1]?.split('```')[0] ?? ''
  const code = example.replace('./index.ts', join(library, 'index.ts')).replace('./data', folder)
  const child = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', code], { encoding: 'utf8' })
  expect([child.stdout, child.stderr]).toEqual(['1\n', ''])
  rmSync(folder, { recursive: true })
})
