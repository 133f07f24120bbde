import { join } from 'node:path'
import { app, Menu, Tray } from 'electron'

/** Kept, because a tray icon disappears when its object is collected. */
let tray: Tray | undefined

/** An icon that brings the window back and ends the program. Some desktops have no tray: then there is none. */
export function installTray(iconDirectory: string, show: () => void): void {
  try {
    tray = new Tray(join(iconDirectory, 'tray.png'))
    tray.setToolTip('Latchkey')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Latchkey', click: show },
        { label: 'Quit', click: () => app.quit() },
      ]),
    )
    tray.on('click', show)
  } catch (error) {
    console.error(`There is no tray icon: ${(error as Error).message}`)
  }
}
