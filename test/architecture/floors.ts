/**
 * The architecture as a table. Imports go down only; folders on the same floor do not import each other; a folder
 * imports itself freely as long as no files form a circle. There are no exceptions, for types neither.
 */
export const floors: readonly (readonly string[])[] = [
  ['main/entries', 'renderer/app'],
  ['main/desktop', 'main/host', 'main/cli', 'renderer/features'],
  ['main/engine', 'renderer/forms'],
  ['renderer/ui'],
  ['main/archive', 'main/sources', 'main/storages', 'main/catalog', 'main/secrets', 'main/alerts'],
  ['main/protocols', 'main/files', 'renderer/connection', 'renderer/i18n'],
  ['shared'],
];

/** Files that no program imports and that import no part of it: settings of tools. */
export const settings: readonly string[] = ['renderer/build.ts', 'renderer/vite.config.ts'];

/** Inside these folders each sub-folder is its own: a driver does not import another driver's folder. */
export const separate: readonly string[] = ['main/sources', 'main/protocols', 'renderer/features'];

/** What a folder may import besides what its floor allows. */
export interface Restriction {
  readonly folder: string;
  /** The only other folders it may import; default: all floors below. */
  readonly folders?: readonly string[];
  /** The only packages from npm it may import; default: any. */
  readonly packages?: readonly string[];
  /** Whether it may import Node's own modules; default: yes. */
  readonly node?: false;
}

/** Folders that run where less is there than under Node, such as the browser. */
export const restrictions: readonly Restriction[] = [
  { folder: 'shared', packages: ['zod', '@orpc/contract'], node: false },
  {
    folder: 'renderer/app',
    folders: ['renderer/features', 'renderer/ui', 'renderer/connection', 'renderer/i18n', 'shared'],
    node: false,
  },
  {
    folder: 'renderer/features',
    folders: ['renderer/forms', 'renderer/ui', 'renderer/connection', 'renderer/i18n', 'shared'],
    node: false,
  },
  {
    folder: 'renderer/forms',
    folders: ['renderer/ui', 'renderer/connection', 'renderer/i18n', 'shared'],
    node: false,
  },
  { folder: 'renderer/ui', folders: ['renderer/connection', 'renderer/i18n', 'shared'], node: false },
  { folder: 'renderer/connection', folders: ['shared'], node: false },
  { folder: 'renderer/i18n', folders: ['shared'], node: false },
];

/** Packages that only one folder may import. */
export const owners: Readonly<Record<string, string>> = { electron: 'main/desktop' };
