import type { Finding, Reason } from '../notes.ts';
import { HIDDEN_VALUES, SITE_CONFIGS, THROTTLES, UNKNOWN_CONFIGS } from '../reasons.ts';
import type { WantedSettings } from '../settings.ts';

/** What of an object's configs does not come back. */
export function settingsFindings(
  name: string,
  { throttles, hidden, unknown, ofSite }: WantedSettings,
): Finding[] {
  return [
    ...finding(THROTTLES, name, throttles),
    ...finding(HIDDEN_VALUES, name, hidden),
    ...finding(UNKNOWN_CONFIGS, name, unknown),
    ...finding(SITE_CONFIGS, name, ofSite),
  ];
}

function finding(reason: Reason, name: string, names: readonly string[]): Finding[] {
  return names.length === 0 ? [] : [{ reason, name, params: { names: names.join(', ') } }];
}
