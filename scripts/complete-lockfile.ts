/**
 * Adds to package-lock.json what `npm install` leaves out where a registry does not serve the packages of every
 * platform: `npm ci` refuses a lockfile without them, also on a platform that never installs them. Run it after
 * `npm install`; it changes nothing where the lockfile is whole. `--check` only tells, by its exit code.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Locked {
  version?: string
  cpu?: string[]
  os?: string[]
  libc?: string[]
  dev?: boolean
  optional?: boolean
  optionalDependencies?: Record<string, string>
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64']

/** The platform that a package's name tells: `@x/cli-linux-x64-musl` → linux, x64, musl. */
function platformOf(name: string): Pick<Locked, 'os' | 'cpu' | 'libc'> | undefined {
  const words = name.split(/[-/]/)
  const os = systems.find((system) => words.includes(system))
  const cpu = processors.find((processor) => words.includes(processor))
  if (os === undefined || cpu === undefined) return undefined
  const last = words.at(-1) ?? ''
  const libc = last.startsWith('musl') ? 'musl' : last.startsWith('gnu') ? 'glibc' : undefined
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) }
}

const path = join(import.meta.dirname, '..', 'package-lock.json')
const lockfile = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Locked> }
const added: string[] = []
for (const [place, locked] of Object.entries(lockfile.packages)) {
  for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
    const nested = `${place}/node_modules/${name}`
    const hoisted = `node_modules/${name}`
    if (hoisted in lockfile.packages || nested in lockfile.packages || !/^\d/.test(version)) continue
    const platform = platformOf(name)
    if (platform === undefined) continue
    lockfile.packages[hoisted] = { version, ...platform, ...(locked.dev ? { dev: true } : {}), optional: true }
    added.push(name)
  }
}
if (added.length > 0) {
  console.log(`package-lock.json lacks ${added.join(', ')}`)
  if (process.argv.includes('--check')) process.exitCode = 1
  else {
    const sorted = Object.entries(lockfile.packages).toSorted(([one], [other]) => (one < other ? -1 : 1))
    writeFileSync(path, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
  }
}
