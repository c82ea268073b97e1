import type { SettingsSearch } from '../search.ts';

/** What is done to something, by its noun in the contract, and signing in and out. */
export const AUDITED_NOUNS = [
  'clusters',
  'storages',
  'tasks',
  'backups',
  'runs',
  'points',
  'restores',
  'vault',
  'keys',
  'users',
  'sessions',
  'sign-in',
  'sign-out',
] as const;

/** What the contract's `audit.list` is asked for. Days of the address are local days, the last one included. */
export function auditFilter({ user, action, outcome, from, to }: SettingsSearch) {
  const since = startOfDay(from, 0);
  const until = startOfDay(to, 1);
  return {
    ...(user === undefined ? {} : { user }),
    ...(action === undefined ? {} : { procedure: action }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}

function startOfDay(day: string | undefined, later: number): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '');
  if (parts === null) return undefined;
  const [year = 0, month = 0, date = 0] = parts.slice(1).map(Number);
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

/** Names and switches of what something was done to, in one line. */
export function subjectText(subject: { readonly [member: string]: string | boolean }): string {
  return Object.entries(subject)
    .map(([member, value]) => (member === 'name' ? String(value) : `${member}: ${value}`))
    .join(', ');
}
