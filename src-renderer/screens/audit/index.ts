import type { ScreenModule } from '../../app/screen.ts'

export const audit = { routes: [] } as const satisfies ScreenModule
