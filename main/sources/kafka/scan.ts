import type { Entry } from '../../../shared/model/entry.ts';
import type { KafkaAccess } from './access.ts';
import { readPass } from './read/pass.ts';
import { Reading } from './reading.ts';
import { type KafkaSelection, scopeOf } from './selection.ts';

/**
 * Live entries in key order, in one pass. Anything selected that cannot be read ends it: a plan must not take what it
 * does not see for what is not there.
 *
 * @throws KafkaError
 */
export async function* scan(
  access: KafkaAccess,
  selection: KafkaSelection,
  signal?: AbortSignal,
): AsyncGenerator<readonly Entry[]> {
  const reading = new Reading(access, scopeOf(selection), signal, ({ error }) => {
    throw error;
  });
  yield* readPass(reading);
}
