import { explainError } from '../../shared/errors/error.ts';
import type { Text } from '../../shared/errors/text.ts';
import type { Storage } from './contract.ts';
import { type CheckOutcome, type Scratch, storageChecks } from './validate-checks.ts';
import { withPrefix } from './with/prefix.ts';

/** What **Validate storage** tells about one check. */
export interface CheckResult {
  /** Stable, for programs. */
  readonly name: string;
  readonly label: Text;
  /** `unknown`: it could not be tried, or the storage cannot tell. */
  readonly result: CheckOutcome['result'];
  readonly detail?: Text;
  /** Why it failed and what to do, where the storage said so by an error. */
  readonly error?: ReturnType<typeof explainError>;
}

export interface ValidateContext {
  /** Hex digits, random. */
  readonly randomHex: (bytes: number) => string;
  readonly signal?: AbortSignal;
}

const DIRECTORY = 'holdfast-validate-';

/** Whether a path of the storage is one that is written while it is validated. */
export function isValidationPath(path: string): boolean {
  return path.startsWith(DIRECTORY);
}

/**
 * Tries a storage by use, in a directory of its own that is removed afterwards. Once writing has failed the checks
 * that need it are `unknown`. Ends with the signal's reason when it fires; the directory is removed all the same.
 */
export async function* validateStorage(
  storage: Storage,
  context: ValidateContext,
): AsyncGenerator<CheckResult> {
  const { randomHex, signal } = context;
  const directory = `${DIRECTORY}${randomHex(8)}`;
  const scratch: Scratch = { storage: withPrefix(storage, directory), signal };
  let writable = true;
  try {
    for (const check of storageChecks) {
      const { name, label } = check;
      if (check.needsWriting && !writable) yield { name, label, ...NOT_TRIED };
      else {
        const outcome = await outcomeOf(() => check.run(scratch), signal);
        if (name === 'write' && outcome.result === 'failed') writable = false;
        yield { name, label, ...outcome };
      }
    }
  } finally {
    // What cannot be removed is left: why, the checks have reported.
    await removeAll(scratch.storage).catch(() => undefined);
  }
}

const NOT_TRIED = {
  result: 'unknown',
  detail: { en: 'Not tried, since writing failed.', zh: '写入失败，未尝试。' },
} as const;

async function outcomeOf(
  run: () => Promise<CheckOutcome>,
  signal: AbortSignal | undefined,
): Promise<CheckOutcome & Pick<CheckResult, 'error'>> {
  try {
    return await run();
  } catch (error) {
    signal?.throwIfAborted();
    return { result: 'failed', error: explainError(error) };
  }
}

async function removeAll(storage: Storage): Promise<void> {
  const paths: string[] = [];
  try {
    for await (const { path } of storage.list('')) paths.push(path);
  } finally {
    await Promise.allSettled(paths.map((path) => storage.remove(path)));
  }
}
