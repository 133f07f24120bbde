/** What a test may do to the program from outside, as a person or the system would, over Node's channel to a child. */
import { app, runningChromium } from './app.ts'
import { allContents } from './pages.ts'
import { records } from './records.ts'
import { powerMonitor } from './system.ts'

export type Ask =
  /** Loads an address in the window, as only the program itself could: a page that should never be there. */
  | { readonly ask: 'load'; readonly address: string }
  | { readonly ask: 'menu'; readonly label: string }
  | { readonly ask: 'power'; readonly event: 'suspend' | 'lock-screen' }
  | { readonly ask: 'open-url'; readonly link: string }
  | { readonly ask: 'crash' }
  | { readonly ask: 'records' }
  | { readonly ask: 'contents' }

export interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

export function listenToTest(): void {
  process.on('message', ({ id, ...ask }: Ask & { id: number }) => {
    run(ask as Ask).then(
      (value) => process.send?.({ id, value } satisfies Answer),
      (error: Error) => process.send?.({ id, error: error.message } satisfies Answer),
    )
  })
  app.whenReady().then(
    () => process.send?.({ endpoint: runningChromium().endpoint }),
    (error: Error) => {
      console.error(`The stand-in cannot start Chromium: ${error.message}`)
      process.exit(1)
    },
  )
  // A test that is gone leaves no console behind.
  process.on('disconnect', () => app.exit(1))
}

async function run(ask: Ask): Promise<unknown> {
  const [contents] = allContents()
  if (ask.ask === 'load') return contents?.loadURL(ask.address).catch((error: Error) => error.message)
  if (ask.ask === 'menu') return clickMenu(ask.label)
  if (ask.ask === 'power') return powerMonitor.emit(ask.event)
  if (ask.ask === 'open-url') return app.emit('open-url', { preventDefault() {} }, ask.link)
  if (ask.ask === 'crash') return contents?.crash()
  if (ask.ask === 'contents') return allContents().map(({ mainFrame }) => mainFrame.url)
  return { ...records, menu: [] }
}

function clickMenu(label: string): boolean {
  for (const column of records.menu) {
    for (const item of column.submenu as Electron.MenuItemConstructorOptions[]) {
      if (item.label !== label) continue
      const click = item.click as (() => void) | undefined
      click?.()
      return true
    }
  }
  return false
}
