import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    pool: 'forks',
    // Crash and differential suites take longer than a unit test; none of them asserts a duration.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
