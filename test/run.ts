import { parseArgs } from 'node:util';
import { checks, prerequisites, type Step } from './runner/steps.ts';
import { Tally } from './runner/tally.ts';
import { runTests, skipTests } from './runner/vitest.ts';

/**
 * `npm test [-- options] [FILTER…]`: fetches what tests need, runs the checks and the tests, and ends with one
 * line of counts. A filter is a part of a test file's path.
 *   --long          also the long tests
 *   --skip-missing  count what cannot be had (servers, tools) as skipped instead of failed
 */
const { values: options, positionals: filters } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean' }, 'skip-missing': { type: 'boolean' } },
});
if (options.long) process.env.HOLDFAST_LONG_TESTS = '1';

const tally = new Tally();
try {
  assertNode();
  await run();
} catch (error) {
  console.error(error);
  tally.fail();
}
console.log(String(tally));
// Not by exitCode: a test that leaks a handle must not keep a finished run from ending.
process.exit(tally.ok ? 0 : 1);

async function run(): Promise<void> {
  let serversThere = true;
  for (const step of prerequisites) {
    if (await took(step)) tally.pass();
    else {
      serversThere = false;
      if (options['skip-missing']) tally.skip();
      else tally.fail();
    }
  }
  for (const check of checks) {
    if (await took(check)) tally.pass();
    else tally.fail();
  }
  const skipServers = options['skip-missing'] && !serversThere;
  let files = await runTests(skipServers ? ['quick'] : ['quick', 'servers', 'e2e'], filters, tally);
  if (skipServers) {
    for (const project of ['servers', 'e2e']) files += await skipTests(project, filters, tally);
  }
  if (files === 0) throw new Error(`no test file matches ${filters.join(' ')}`);
}

/** Runs a step, says how it went, and returns whether it worked. */
async function took(step: Step): Promise<boolean> {
  const start = performance.now();
  const failure = await step.run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(failure === undefined ? `✓ ${step.name} (${seconds} s)` : `✗ ${step.name}: ${failure}`);
  return failure === undefined;
}

function assertNode(): void {
  if (Number.parseInt(process.versions.node, 10) >= 24) return;
  const remedy = 'run `npm ci`, then `npm test`: npm puts the Node 24 of node_modules first on the PATH';
  throw new Error(`the tests need Node 24, this is ${process.version}; ${remedy}`);
}
