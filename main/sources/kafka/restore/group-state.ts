/** States of groups that have no members. Of a group that is gone the state may be empty. */
const INACTIVE = new Set(['EMPTY', 'DEAD', 'NOTREADY', '']);

/** Words differ by release in nothing but their letters' case and underscores. */
export function isInactiveState(state: string): boolean {
  return INACTIVE.has(state.toUpperCase().replaceAll('_', ''));
}
