import { type Finding, finding } from '../notes.ts';
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
  const here = ofSite.map((each) => `${each}=${live[each] ?? '(server.properties)'}`).join(', ');
  return [
    ...told(throttles, (names) => finding(THROTTLES, name, { names })),
    ...told(hidden, (names) => finding(HIDDEN_VALUES, name, { names })),
    ...told(unknown, (names) => finding(UNKNOWN_CONFIGS, name, { names })),
    ...told(ofSite, (names) => finding(SITE_CONFIGS, name, { names, here })),
  ];
}

function told(names: readonly string[], tell: (names: string) => Finding): Finding[] {
  return names.length === 0 ? [] : [tell(names.join(', '))];
}
