import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, first, so that both workers end together; the made-up company of `heng start` is loaded while the others run,
 * and the second file of the site comes late, because one file at a time works on it.
 */
const first = [
  ...['test/start.test.ts', 'test/signals.test.ts', 'test/projection.test.ts', 'test/checks/checks.test.ts'],
  ...['test/browser/pages.test.ts', 'test/permissions.test.ts', 'test/inspection.test.ts', 'test/signIn.test.ts'],
  ...['test/threeNodes.test.ts', 'test/scopes.test.ts', 'test/docs.test.ts', 'src/facts/orderFacts.test.ts'],
  'src/ingest/crash.test.ts',
  ...['src/scores/verbs/scorecards.test.ts', 'src/facts/derive.test.ts', 'test/browser/planEditor.test.ts'],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = first.findIndex((file) => moduleId.endsWith(`/${file}`));
      return found < 0 ? first.length : found;
    };
    const sorted = await super.sort(files);
    // Then what is together in a project: a worker that goes on with the same one need not be started anew.
    const project = ({ project: { name } }: TestSpecification) => ['journey', 'browser', 'unit'].indexOf(name);
    return sorted.sort((a, b) => place(a) - place(b) || project(a) - project(b));
  }
}

/** Unit and store tests sit beside their file; journeys (test/) and browser tests (test/browser) are projects of their own. */
const shared = {
  environment: 'node' as const,
  // For what hangs, not for what is slow: machines are, and what must be quick is measured by itself.
  testTimeout: 300_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 60_000 } },
  pool: 'forks' as const,
  // Two workers: each may hold a ClickHouse and a PostgreSQL of its own.
  maxWorkers: 2,
  // A worker goes from file to file: loading what they import anew took a third of the unit tests' time. So no file may leave
  // anything changed behind it that the next would find.
  isolate: false,
};

/** Journeys and browser tests start servers of their own: none may end up in a database that the environment names. */
const withoutServers = { DATABASE_URL: '', CLICKHOUSE_URL: '', CLICKHOUSE_CLUSTER: '' };

export default defineConfig({
  test: {
    // Start nothing by themselves: the first test that asks for an engine, or the company, has it started, for all files of the run.
    globalSetup: ['src/platform/testEngines.ts', 'test/company.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...shared, name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.mjs'] } },
      {
        test: {
          ...shared,
          name: 'journey',
          env: withoutServers,
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          env: withoutServers,
          include: ['test/browser/**/*.test.ts'],
        },
      },
    ],
  },
});
