import { Menu, type MenuItemConstructorOptions } from 'electron'
import { type MenuLine, menuColumns } from './menu-table.ts'

/** Builds the native menu. @param run hands an action's id to the page */
export function installMenu(run: (action: string) => void): void {
  const item = (line: MenuLine): MenuItemConstructorOptions => {
    if ('separator' in line) return { type: 'separator' }
    if ('role' in line) return { role: line.role }
    return { label: line.label, click: () => run(line.action) }
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuColumns.map(({ label, lines }) => ({ label, submenu: lines.map(item) }))),
  )
}
