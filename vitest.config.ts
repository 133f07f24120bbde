import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks',
    // Crash and differential suites take longer than a unit test; none of them asserts a duration.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        // A browser and a console for each file: one file at a time is quickest on two cores.
        test: { name: 'e2e', include: ['test/**/*.e2e.ts'], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
