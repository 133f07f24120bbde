/**
 * Whether electron-builder.yml is what electron-builder itself accepts, and what our security list asks of it; no network.
 * Run as a program it says what is wrong and ends with 1.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export const projectRoot = join(import.meta.dirname, '..')

/** The fuses of the desktop spec's security list: wrong ones make the packed program something else than ours. */
const wantedFuses: Readonly<Record<string, boolean>> = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
}

export interface BuilderConfiguration {
  readonly asar?: unknown
  readonly publish?: unknown
  readonly electronFuses?: Readonly<Record<string, unknown>> | undefined
  readonly directories?: { readonly buildResources?: string }
  readonly linux?: { readonly icon?: string } | undefined
}

interface Builder {
  validateConfiguration(configuration: unknown, debugLogger: { isEnabled: boolean }): Promise<void>
}

/** electron-builder's own parts, found through it: they are its dependencies, not ours. */
function requireOfBuilder(): NodeJS.Require {
  const require = createRequire(import.meta.url)
  return createRequire(require.resolve('electron-builder/package.json'))
}

export function readConfiguration(root: string = projectRoot): BuilderConfiguration {
  const yaml = requireOfBuilder()('js-yaml') as { load(text: string): unknown }
  return yaml.load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as BuilderConfiguration
}

/** Everything wrong with a configuration, a line each; empty where nothing is. */
export async function problemsOf(configuration: BuilderConfiguration, root: string = projectRoot): Promise<string[]> {
  const problems: string[] = []
  const builder = requireOfBuilder()('app-builder-lib/out/util/config/config') as Builder
  await builder.validateConfiguration(configuration, { isEnabled: false }).catch((error: Error) => {
    problems.push(error.message)
  })
  for (const [fuse, wanted] of Object.entries(wantedFuses)) {
    if (configuration.electronFuses?.[fuse] !== wanted) problems.push(`electronFuses.${fuse} must be ${wanted}`)
  }
  if (configuration.asar === false) problems.push('asar must be on: the integrity fuse looks at it')
  if (configuration.publish !== null)
    problems.push('publish must be null: updates are off until there is a place for them')
  const icon = configuration.linux?.icon
  if (!icon || !existsSync(join(root, icon))) problems.push(`linux.icon ${icon ?? ''} is not there`)
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    homepage?: string
    devDependencies: Record<string, string>
  }
  if (!manifest.homepage) problems.push('package.json needs a homepage for a deb package')
  const electron = manifest.devDependencies.electron ?? ''
  if (!/^\d+\.\d+\.\d+$/.test(electron)) problems.push(`electron must be pinned exactly, not ${electron}`)
  return problems
}

if (import.meta.main) {
  const problems = await problemsOf(readConfiguration())
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
