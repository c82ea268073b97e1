/** Every screen that can be opened without anything being configured. */
export const EMPTY_SCREENS = [
  '/',
  '/clusters',
  '/clusters/new',
  '/tasks',
  '/tasks/new',
  '/runs',
  '/points',
  '/storages',
  '/storages/new',
  '/explore',
  '/compare',
  '/restore',
  '/verify',
  '/settings',
  '/settings?section=users',
  '/settings?section=audit',
] as const;
