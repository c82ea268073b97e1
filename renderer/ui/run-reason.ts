import type { Run } from '../../shared/model/run.ts';
import type { MessageKey } from '../i18n/keys.ts';

/** The text that says what started a run. */
export const RUN_REASONS: { readonly [reason in Run['reason']]: MessageKey } = {
  schedule: 'common:runReason.schedule',
  'catch-up': 'common:runReason.catchUp',
  person: 'common:runReason.person',
};
