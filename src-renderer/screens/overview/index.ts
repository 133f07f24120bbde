import type { ScreenModule } from '../../app/screen.ts'

export const overview = { routes: [] } as const satisfies ScreenModule
