import { createVitest, startVitest, type TestModule } from 'vitest/node';
import type { Tally } from './tally.ts';

/** Runs the tests of these projects whose file path contains one of the filters, and counts them. Returns the number of files. */
export async function runTests(
  projects: readonly string[],
  filters: readonly string[],
  tally: Tally,
): Promise<number> {
  const vitest = await startVitest('test', [...filters], { project: [...projects], run: true, watch: false });
  const modules = vitest.state.getTestModules();
  for (const module of modules) countModule(module, tally);
  tally.fail(vitest.state.getUnhandledErrors().length);
  await vitest.close();
  return modules.length;
}

/** Counts the tests of a project as skipped without running them. Returns the number of files. */
export async function skipTests(project: string, filters: readonly string[], tally: Tally): Promise<number> {
  const vitest = await createVitest('test', { project: [project], run: true, watch: false });
  // The files are executed, not only parsed: one `test.each` is many tests.
  const { testModules } = await vitest.collect([...filters], { staticParse: false });
  for (const module of testModules) tally.skip([...module.children.allTests()].length);
  await vitest.close();
  return testModules.length;
}

function countModule(module: TestModule, tally: Tally): void {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') tally.pass();
    else if (state === 'failed') tally.fail();
    else tally.skip();
  }
  // A failing hook or import leaves tests that merely look skipped: the failure is its own.
  const suites = [module, ...module.children.allSuites()];
  tally.fail(suites.filter((suite) => suite.errors().length > 0).length);
}
