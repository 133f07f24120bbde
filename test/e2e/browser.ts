/**
 * A real Chromium for the tests, from the registry alone: no apt, no display. Where a Chrome or Chromium is installed,
 * or named by `LATCHKEY_CHROMIUM`, that one is used instead.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..', '..')

export interface ChromiumProgram {
  readonly path: string
  /** What it needs in its environment to find its own libraries and fonts. */
  readonly environment: Readonly<Record<string, string>>
}

/** Names under which a system keeps one. */
const installedNames = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']

/** The Chromium to test with: the named one, an installed one, or the one of the registry package, unpacked once. */
export function findChromium(): ChromiumProgram {
  const named = process.env.LATCHKEY_CHROMIUM
  if (named) return { path: named, environment: {} }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of installedNames)
      if (runnable(join(folder, name))) return { path: join(folder, name), environment: {} }
  }
  const folder = unpackedChromium()
  return {
    path: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Unpacks the registry's Chromium into the temporary folder, once for every version. The package itself unpacks over
 * what another process is just unpacking, so that it works in a folder of its own, which then takes its place at once.
 */
function unpackedChromium(): string {
  const manifest = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `latchkey-chromium-${version}`)
  if (existsSync(folder)) return folder
  const partial = `${folder}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"
  const result = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    // Set before its import, this makes it bring its own NSS libraries, which a bare machine lacks.
    env: { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  if (result.status !== 0) throw new Error(`Chromium cannot be unpacked: ${result.stderr}`)
  // Its own configuration names folders of another machine. Only its one font is there: no Hangul, that must be ours.
  writeFileSync(
    join(partial, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  try {
    renameSync(partial, folder)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/**
 * Launches it. Our own arguments: those of the package switch off web security and run in a single process, which would
 * hide what the tests look for.
 */
export function launchChromium(): Promise<Browser> {
  const { path, environment } = findChromium()
  const asRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath: path,
    headless: true,
    // Playwright would add --no-sandbox by itself; only root needs it.
    chromiumSandbox: !asRoot,
    args: ['--disable-gpu'],
    env: { ...(process.env as Record<string, string>), ...environment },
  })
}
