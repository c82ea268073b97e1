import type { ForeignAcl, ForeignZnode } from '../../foreign/zookeeper.ts';
import type { Facts } from '../report.ts';

/** What a foreign client saw: znodes by path. ZooKeeper's own subtree is left out, it is no user's data. */
export type Tree = ReadonlyMap<string, ForeignZnode>;

/** One path that two trees do not agree on. */
export interface TreeDifference {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What of a changed znode: `data`, `acl`. */
  readonly members: readonly string[];
}

export function treeOf(znodes: readonly ForeignZnode[]): Tree {
  const own = znodes.filter(({ path }) => path !== '/zookeeper' && !path.startsWith('/zookeeper/'));
  return new Map(own.map((znode) => [znode.path, znode]));
}

/** The same tree without what belongs to the sessions of running programs. */
export function withoutEphemerals(tree: Tree): Tree {
  return new Map([...tree].filter(([, znode]) => !isEphemeral(znode)));
}

export function isEphemeral({ ephemeralOwner }: ForeignZnode): boolean {
  return ephemeralOwner !== '0';
}

/** What differs in paths, data and ACLs, in the order of paths. */
export function compareTrees(before: Tree, after: Tree): TreeDifference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): TreeDifference[] => {
    const [left, right] = [before.get(path), after.get(path)];
    if (left === undefined) return [{ path, change: 'added', members: [] }];
    if (right === undefined) return [{ path, change: 'removed', members: [] }];
    const members = [
      ...(left.data === right.data ? [] : ['data']),
      ...(sameAcls(left.acl, right.acl) ? [] : ['acl']),
    ];
    return members.length === 0 ? [] : [{ path, change: 'changed', members }];
  });
}

export function differenceText({ change, path, members }: TreeDifference): string {
  return [change, path, ...members].join(' ');
}

/**
 * The number that the next sequential child gets. The server counts creations; the cversion it shows counts
 * creations and deletions together.
 */
export function nextSequence({ cversion, numChildren }: ForeignZnode): number {
  return (cversion + numChildren) / 2;
}

/** What a tree holds, in numbers. */
export function treeFacts(tree: Tree): Facts {
  const znodes = [...tree.values()];
  const count = (matches: (znode: ForeignZnode) => boolean) => znodes.filter(matches).length;
  return {
    znodes: znodes.length,
    bytes: znodes.reduce((sum, { dataLength }) => sum + dataLength, 0),
    largest: Math.max(...znodes.map(({ dataLength }) => dataLength)),
    withoutData: count(({ data }) => data === null),
    emptyData: count(({ data }) => data === ''),
    passwordProtected: count(({ acl }) => acl.some(({ scheme }) => scheme === 'digest')),
    aclLists: new Set(znodes.map(({ acl }) => JSON.stringify(acl))).size,
    usedSequences: count((znode) => nextSequence(znode) > znode.numChildren),
    ephemerals: count(isEphemeral),
  };
}

/** The server keeps the order of an ACL, so the order counts. */
function sameAcls(left: readonly ForeignAcl[], right: readonly ForeignAcl[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ perms, scheme, id }, index) => {
      const other = right[index];
      return other?.perms === perms && other.scheme === scheme && other.id === id;
    })
  );
}
