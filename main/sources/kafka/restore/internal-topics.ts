import type { Entry } from '../../../../shared/model/entry.ts';
import { TOPIC } from '../content.ts';

/** True for a topic that the cluster keeps for itself. */
export function isInternal({ kind, observed }: Pick<Entry, 'kind' | 'observed'>): boolean {
  return kind === TOPIC && observed.internal === true;
}
