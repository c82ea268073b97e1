import { withSignal } from '../../../shared/abort.ts';
import { explainError } from '../../../shared/errors/error.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import type { Storage } from '../../storages/contract.ts';
import { findStorageDriver } from '../../storages/registry.ts';
import { validateStorage } from '../../storages/validate.ts';
import { openStorageWith } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { mergedOptions } from '../definitions/changed-options.ts';

/** A storage as somebody is about to save it. */
export interface ProbedStorage {
  readonly driver: string;
  /** Secrets in the clear. */
  readonly options: RawOptions;
}

/** Tries an open storage by use. */
export async function* validateOpen(
  { surroundings: { randomHex } }: EngineContext,
  storage: Storage,
  subject: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult> {
  for await (const check of validateStorage(storage, { randomHex, ...withSignal(signal) })) {
    yield {
      check: check.name,
      subject,
      result: check.result,
      finding: check.error?.message ?? check.detail ?? check.label,
      ...(check.error === undefined ? {} : { remedy: check.error.remedy }),
    };
  }
}

/** Tries a storage that is not saved, or not so. One of `saved`'s driver takes the options that are not given from it. */
export async function* probeStorage(
  context: EngineContext,
  saved: StorageConfig | undefined,
  wish: ProbedStorage,
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  const driver = findStorageDriver(wish.driver);
  const subject = saved?.name ?? driver.label.en;
  let storage: Storage;
  try {
    const options = await probedOptions(context, saved, wish, subject);
    storage = await openStorageWith(context, { name: subject, driver: driver.id, options }, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const { message, remedy } = explainError(error);
    yield { check: 'storage.access', subject, result: 'failed', finding: message, remedy };
    return;
  }
  try {
    yield* validateOpen(context, storage, subject, signal);
  } finally {
    await storage.close();
  }
}

async function probedOptions(
  { vault }: EngineContext,
  saved: StorageConfig | undefined,
  { driver, options: wish }: ProbedStorage,
  what: string,
): Promise<RawOptions> {
  const { options: schema } = findStorageDriver(driver);
  if (saved?.driver !== driver) return parseOptions(schema, wish, what);
  return mergedOptions({ schema, before: saved.options, wish, what }, vault);
}
