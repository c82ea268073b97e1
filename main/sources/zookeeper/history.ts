import { isZooKeeperError, type Stat } from '../../protocols/zookeeper/index.ts';
import type { Link } from './link.ts';

/** Children of the root that are looked at, the first ones by name, and how many of them are told. */
const LOOKED_AT = 8;
const TOLD = 3;

/** Facts by which an ensemble's history is known again. Zxids are decimal. */
export interface History {
  /** How far it has come. */
  readonly zxid: string;
  /** When the root's list of children was last changed. */
  readonly pzxid: string;
  /** The oldest lasting children of the root: `name czxid ctime`. Empty where the root has none or may not be read. */
  readonly births: readonly string[];
}

/** Reads what tells this ensemble's history from any other's, in a handful of small requests. */
export async function readHistory(link: Link, signal?: AbortSignal): Promise<History> {
  const zxid = await link.sync(signal);
  const root = await statOf(link, '/', signal);
  const names = (await rootChildren(link, signal)).filter((name) => name !== 'zookeeper').sort();
  const found = await Promise.all(
    names.slice(0, LOOKED_AT).map(async (name) => ({ name, stat: await statOf(link, `/${name}`, signal) })),
  );
  const lasting = found.flatMap(({ name, stat }) =>
    stat === null || stat.ephemeralOwner !== 0n ? [] : [{ name, czxid: stat.czxid, ctime: stat.ctime }],
  );
  const oldest = lasting.sort((a, b) => Number(a.czxid - b.czxid)).slice(0, TOLD);
  return {
    zxid: zxid.toString(),
    pzxid: (root?.pzxid ?? 0n).toString(),
    births: oldest.map(({ name, czxid, ctime }) => `${name} ${czxid} ${ctime}`),
  };
}

function statOf(link: Link, path: string, signal: AbortSignal | undefined): Promise<Stat | null> {
  return link.read((client) => client.exists(path, signal && { signal }), signal);
}

async function rootChildren(link: Link, signal: AbortSignal | undefined): Promise<readonly string[]> {
  try {
    return (await link.read((client) => client.getChildren('/', signal && { signal }), signal)).children;
  } catch (error) {
    if (isZooKeeperError(error, 'NoNode', 'NoAuth')) return [];
    throw error;
  }
}
