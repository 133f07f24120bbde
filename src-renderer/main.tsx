import './app/jitless.ts'
import './look/index.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { followChanges } from './app/ask.ts'
import { forgetOldDrafts } from './drafts/database.ts'
import { startI18n } from './i18n/index.ts'
import { startTheme, useView } from './state/view.ts'

startTheme()
followChanges()
forgetOldDrafts(Date.now()).catch(() => undefined)
const root = document.getElementById('root')
await startI18n(useView.getState().language)
if (root) createRoot(root).render(<App />)
