import type { ForeignZnode } from '../../foreign/zookeeper.ts';

/** What is done to a filled ZooKeeper so that only a backup brings it back. */
export interface Breakage {
  /** Subtrees that are deleted with all below. */
  readonly subtrees: readonly string[];
  readonly overwritten: readonly string[];
  /** Znodes that lose their ACL: anyone may do anything. */
  readonly opened: readonly string[];
  /** Znodes that everybody may read from now on and nobody write. */
  readonly closed: readonly string[];
  /** New znodes that nobody wants, parents first. */
  readonly junk: readonly string[];
  /** Parents that get stray sequential children. */
  readonly straySequences: readonly string[];
}

const OVERWRITTEN_EVERY = 20;
const MOST_ACLS = 15;
const JUNK_NODES = 40;
const STRAY_CHILDREN = 3;

/** Chooses what to break in a tree that `fillWithJava` built at `root`: the same for the same tree. */
export function planBreakage(root: string, znodes: readonly ForeignZnode[]): Breakage {
  const subtrees = [
    `${root}/folder-00001`,
    `${root}/queue`,
    `${root}/deep`,
    `${root}/names`,
    `${root}/large/value-0`,
  ];
  const below = (folder: string) => znodes.filter(({ path }) => path.startsWith(`${root}/${folder}/`));
  const texts = below('folder-00002').filter((_, index) => index % OVERWRITTEN_EVERY === 0);
  const last = below('folder-00004');
  const special = [last.find(({ data }) => data === null), last.find(({ data }) => data === '')];
  const acls = below('folder-00003');
  return {
    subtrees,
    overwritten: [...texts, ...special]
      .filter((node) => node !== undefined)
      .map(({ path }) => path)
      .concat(`${root}/large/value-1`),
    opened: acls
      .filter((node) => !isOpen(node))
      .slice(0, MOST_ACLS)
      .map(({ path }) => path),
    closed: acls
      .filter(isOpen)
      .slice(0, MOST_ACLS)
      .map(({ path }) => path),
    junk: [
      '/leftover',
      `${root}/junk`,
      ...Array.from({ length: JUNK_NODES }, (_, i) => `${root}/junk/file-${i}`),
    ],
    straySequences: [`${root}/folder-00005`],
  };
}

/** The breakage as commands of ZooKeeper's shell. */
export function breakageCommands(breakage: Breakage): string[] {
  const { subtrees, overwritten, opened, closed, junk, straySequences } = breakage;
  return [
    ...subtrees.map((path) => `deleteall ${path}`),
    ...overwritten.map((path) => `set ${path} overwritten-by-mistake`),
    ...opened.map((path) => `setAcl ${path} world:anyone:cdrwa`),
    ...closed.map((path) => `setAcl ${path} world:anyone:r`),
    ...junk.map((path) => `create ${path} junk`),
    ...straySequences.flatMap((path) => Array<string>(STRAY_CHILDREN).fill(`create -s ${path}/stray- junk`)),
  ];
}

function isOpen({ acl }: ForeignZnode): boolean {
  return acl.length === 1 && acl.every(({ scheme, perms }) => scheme === 'world' && perms === 31);
}
