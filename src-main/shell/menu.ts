import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { type MenuLine, menuColumns, menuLanguage } from './menu-table.ts'

/** Builds the native menu in the system's language. @param run hands an action's id to the page */
export function installMenu(run: (action: string) => void): void {
  const language = menuLanguage(app.getLocale())
  const item = (line: MenuLine): MenuItemConstructorOptions => {
    if ('separator' in line) return { type: 'separator' }
    const label = line.label[language]
    if ('role' in line) return { role: line.role, label }
    return { label, click: () => run(line.action) }
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuColumns.map(({ label, lines }) => ({ label: label[language], submenu: lines.map(item) })),
    ),
  )
}
