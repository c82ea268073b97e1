import { defineConfig } from 'vitest/config';

const long = process.env.HOLDFAST_LONG_TESTS === '1';
const exclude = long ? [] : ['**/*.long.test.ts'];

/** Tests that start real servers take their time, longer still on a busy machine. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    pool: 'forks',
    // A run proves nothing by trying again until it passes.
    retry: 0,
    projects: [
      {
        test: {
          name: 'quick',
          include: ['test/unit/**/*.test.ts', 'test/property/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'servers',
          include: ['test/conformance/**/*.test.ts', 'test/integration/**/*.test.ts'],
          exclude,
          ...patient,
          // Each file has servers of its own beside it: two at a time fill a two core machine.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude,
          globalSetup: 'test/e2e/support/build.ts',
          ...patient,
          // A browser, a host and sometimes a server each.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
