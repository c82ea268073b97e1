import type { Entry } from '../../../shared/model/entry.ts';
import { Random } from './random.ts';
import { value } from './values.ts';

/** Different records; then they come again under other keys, far beyond what a compressor remembers. */
const POOL = 30_000;
const NODES_PER_GROUP = 250;
const GROUPS_PER_SERVICE = 40;
const BATCH = 500;

const OPEN = [{ perms: 31, scheme: 'world', id: 'anyone' }];
const KAFKA = [
  { perms: 31, scheme: 'sasl', id: 'kafka' },
  { perms: 1, scheme: 'world', id: 'anyone' },
];
const FLINK = [{ perms: 31, scheme: 'digest', id: 'flink:4lw2PGAAj5kKFu8hZoQbVu0xYiw=' }];

let pool: readonly Entry[] | undefined;

/**
 * Entries as a ZooKeeper capture puts them out, in key order, batch by batch; the same for every call. What a
 * record costs to make is little beside what it costs to write.
 */
export function* records(): Generator<readonly Entry[]> {
  pool ??= makePool();
  let batch: Entry[] = [];
  for (let number = 0; ; number++) {
    const like = pool[number % POOL];
    if (like === undefined) continue;
    batch.push(under(number, like));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
}

/** The key of the record of that number, from 0. A group begins with its folders: every parent is a record, too. */
export function keyOfRecord(number: number): readonly string[] {
  const group = Math.floor(number / NODES_PER_GROUP);
  const folder = folderOf(group);
  const place = number % NODES_PER_GROUP;
  const isFirstOfService = group % GROUPS_PER_SERVICE === 0;
  if (place === 0) return isFirstOfService ? folder.slice(0, 1) : folder;
  if (place === 1 && isFirstOfService) return folder;
  return [...folder, `node-${padded(number, 9)}`];
}

let lastGroup = -1;
let lastFolder: readonly [string, string] = ['', ''];

/** What the keys of a group begin with. Records come in order: it is made once for all of them. */
function folderOf(group: number): readonly [string, string] {
  if (group !== lastGroup) {
    const service = Math.floor(group / GROUPS_PER_SERVICE);
    lastFolder = [`service-${padded(service, 4)}`, `group-${padded(group, 6)}`];
    lastGroup = group;
  }
  return lastFolder;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function under(number: number, like: Entry): Entry {
  const zxid = (0x1200000000 + number * 3).toString();
  const { observed } = like;
  const changed = observed.version === 0 ? zxid : (0x1300000000 + number * 7).toString();
  return {
    kind: like.kind,
    key: keyOfRecord(number),
    content: like.content,
    observed: { ...observed, czxid: zxid, mzxid: changed, pzxid: zxid },
  };
}

function makePool(): Entry[] {
  const random = new Random(20_240_531);
  return Array.from({ length: POOL }, () => {
    const data = value(random);
    const ctime = 1_700_000_000_000 + random.between(0, 40_000_000_000);
    const version = random.next() < 0.6 ? 0 : random.between(1, 5000);
    return {
      kind: 'znode',
      key: [],
      content: {
        data: data === null ? null : data.toString('base64'),
        acl: random.next() < 0.7 ? OPEN : random.pick([KAFKA, FLINK]),
      },
      observed: {
        czxid: '',
        mzxid: '',
        pzxid: '',
        ctime,
        mtime: version === 0 ? ctime : ctime + random.between(1, 9_000_000_000),
        version,
        cversion: 0,
        aversion: 0,
        numChildren: 0,
        nextSequence: 0,
      },
    };
  });
}
