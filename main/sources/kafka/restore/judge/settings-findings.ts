import type { Finding, Reason } from '../notes.ts';
import { HIDDEN_VALUES, SITE_CONFIGS, THROTTLES, UNKNOWN_CONFIGS } from '../reasons.ts';
import type { Values, WantedSettings } from '../settings.ts';

/**
 * What of an object's configs does not come back.
 *
 * @param live what is set on it now
 */
export function settingsFindings(
  name: string,
  { throttles, hidden, unknown, ofSite }: WantedSettings,
  live: Values,
): Finding[] {
  const here = ofSite.map((each) => `${each}=${live[each] ?? 'as in server.properties'}`).join(', ');
  return [
    ...finding(THROTTLES, name, throttles),
    ...finding(HIDDEN_VALUES, name, hidden),
    ...finding(UNKNOWN_CONFIGS, name, unknown),
    ...finding(SITE_CONFIGS, name, ofSite, { here }),
  ];
}

function finding(
  reason: Reason,
  name: string,
  names: readonly string[],
  params: Finding['params'] = {},
): Finding[] {
  return names.length === 0 ? [] : [{ reason, name, params: { ...params, names: names.join(', ') } }];
}
