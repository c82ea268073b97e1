/**
 * The architecture as a table. Imports go down only; folders on the same floor do not import each other; a folder
 * imports itself freely as long as no files form a circle. There are no exceptions, for types neither.
 */
export const floors: readonly (readonly string[])[] = [
  ['main/entries', 'renderer'],
  ['main/desktop', 'main/host', 'main/cli'],
  ['main/engine'],
  ['main/archive', 'main/sources', 'main/storages', 'main/catalog', 'main/secrets', 'main/alerts'],
  ['main/protocols', 'main/files'],
  ['shared'],
];

/** Inside these folders each sub-folder is its own: a driver does not import another driver's folder. */
export const separate: readonly string[] = ['main/sources', 'main/protocols'];

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
  { folder: 'renderer', folders: ['shared'], node: false },
];

/** Packages that only one folder may import. */
export const owners: Readonly<Record<string, string>> = { electron: 'main/desktop' };
