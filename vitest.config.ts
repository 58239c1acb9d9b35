import { defineConfig } from 'vitest/config';

/** Unit and store tests sit beside their file; journeys (test/) and browser tests (test/browser) are projects of their own. */
const shared = {
  environment: 'node' as const,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  // Two workers: each may hold a ClickHouse and a PostgreSQL of its own.
  maxWorkers: 2,
  isolate: true,
};

export default defineConfig({
  test: {
    // Starts nothing by itself: the first test that asks for an engine starts it, for all files of the run.
    globalSetup: ['src/platform/testEngines.ts'],
    projects: [
      { test: { ...shared, name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.mjs'] } },
      {
        test: {
          ...shared,
          name: 'journey',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          globalSetup: ['test/browser/startSite.ts'],
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
