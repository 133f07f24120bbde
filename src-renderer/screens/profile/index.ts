import type { ScreenModule } from '../../app/screen.ts'

export const profile = { routes: [] } as const satisfies ScreenModule
