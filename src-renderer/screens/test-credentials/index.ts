import { createRoute } from '@tanstack/react-router'
import { refusalText } from '../../app/refusal.ts'
import { rootRoute } from '../../app/root-route.ts'
import type { ScreenModule } from '../../app/screen.ts'
import { RhUiCheckupIcon } from '../../components/icons.ts'
import { testSearch } from './search.ts'
import { TestCredentials } from './TestCredentials.tsx'

const page = createRoute({
  getParentRoute: () => rootRoute,
  path: '/test-credentials',
  validateSearch: testSearch,
  component: TestCredentials,
})

export const testCredentials = {
  routes: [page],
  actions: [
    {
      id: 'test.open',
      group: 'goTo',
      titleKey: 'test.title',
      icon: RhUiCheckupIcon,
      keys: 'g c',
      words: 'authorize check allowed denied 확인 시험 검사',
      reason: ({ whyNot }) => {
        const refusal = whyNot('application.test')
        return refusal && refusalText(refusal)
      },
      run: ({ navigate }) => navigate('/test-credentials'),
    },
  ],
} as const satisfies ScreenModule
