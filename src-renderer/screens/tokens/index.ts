import type { ScreenModule } from '../../app/screen.ts'

export const tokens = { routes: [] } as const satisfies ScreenModule
