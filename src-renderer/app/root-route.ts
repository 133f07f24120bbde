import { createRootRoute } from '@tanstack/react-router'

/** The parent of every screen's routes. Its component (the frame) is put in by `router.ts`, which knows all screens. */
export const rootRoute = createRootRoute()
