import { type ErrorCategory, EXIT_CODES, EXIT_INCOMPLETE } from '../../shared/errors/category.ts';
import type { RestorePlan } from '../../shared/model/plan.ts';
import type { CheckResult } from '../../shared/model/preflight.ts';
import type { Run } from '../../shared/model/run.ts';

/** `diff` found differences, as with `diff` itself. */
export const EXIT_DIFFERENT = 1;

function isCategory(text: string): text is ErrorCategory {
  return Object.hasOwn(EXIT_CODES, text);
}

/** The exit code of an error's category; a category that a newer host invented is `internal`. */
export function exitCodeOf(category: string): number {
  return isCategory(category) ? EXIT_CODES[category] : EXIT_CODES.internal;
}

/** The exit code of a command that waited for a run to end. */
export function exitCodeOfRun(run: Run): number {
  switch (run.state) {
    case 'succeeded':
      return 0;
    case 'conflict':
      return EXIT_CODES.conflict;
    case 'cancelled':
      return EXIT_CODES.cancelled;
    case 'failed':
      return exitCodeOf(run.error?.category ?? 'internal');
    default:
      return EXIT_INCOMPLETE;
  }
}

/** The exit code of a plan that has nothing to be carried out: incomplete when something differs all the same. */
export function exitCodeWithoutSteps({ services }: RestorePlan): number {
  return services.some(({ differs }) => differs) ? EXIT_INCOMPLETE : 0;
}

/** The exit code of checks: a failed one fails the command; a warning or an unknown does not. */
export function exitCodeOfChecks(results: readonly CheckResult[]): number {
  return results.some((check) => check.result === 'failed') ? EXIT_CODES.config : 0;
}
