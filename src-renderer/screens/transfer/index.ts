import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiExportIcon } from '../../components/icons.ts'
import { TransferPage } from './TransferPage.tsx'

export const transfer = {
  routes: [createRoute({ getParentRoute: () => rootRoute, path: '/settings/transfer', component: TransferPage })],
  actions: [
    {
      id: 'workspace.transfer',
      group: 'workspace',
      titleKey: 'transfer.title',
      icon: RhUiExportIcon,
      words: 'import export file JSON CSV backup 가져오기 내보내기 파일',
      reason: ({ whyNot }) => {
        const refusal = whyNot('workspace.import')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/settings/transfer'),
    },
  ],
} as const satisfies ScreenModule
