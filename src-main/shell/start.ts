import { app } from 'electron'
export function startShell(): void {
  app.enableSandbox()
}
