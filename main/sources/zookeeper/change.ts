import { createHash } from 'node:crypto';
import { type Entry, INLINE_VALUE_LIMIT } from '../../../shared/model/entry.ts';
import type { RestoreStep, StepOutcome } from '../../../shared/model/restore.ts';
import {
  type Acl,
  type BatchItem,
  creatorAllAcl,
  type MultiOp,
  type NewData,
  type NodeData,
  type NodeRead,
  type Stat,
  ZooKeeperError,
} from '../../protocols/zookeeper/index.ts';
import type { PointView } from '../contract.ts';
import { isMadeFrom, type OwnIdentity, restorableAcl } from './acl.ts';
import { znodeContent } from './content.ts';
import { ALREADY, conflict, refusal } from './outcomes.ts';
import { isComputed, pathOf } from './paths.ts';
import { type Expectation, expectationOf } from './steps.ts';

/** A step of the phases `remove` and `write`, ready to be sent. */
export interface Change {
  readonly step: RestoreStep;
  readonly path: string;
  readonly op: MultiOp;
  /** What it takes of a frame. */
  readonly bytes: number;
  readonly expected: Expectation | null;
}

const OVERHEAD_BYTES = 64;

export function removal(step: RestoreStep): Change {
  const expected = expectationOf(step);
  const path = pathOf(step.key);
  const op: MultiOp = { op: 'delete', path, version: expected?.version ?? 0 };
  return { step, path, op, bytes: path.length + OVERHEAD_BYTES, expected };
}

/** The change that writes an entry's data, and when it is created its ACL. */
export function writing(step: RestoreStep, entry: Entry, data: NewData, identity: OwnIdentity): Change {
  if (step.action === 'change') return changing(step, data);
  const later = !step.members.includes('acl');
  return creation(step, data, later ? creatorAllAcl : restorableAcl(identity, znodeContent(entry).acl));
}

export function creation(step: RestoreStep, data: NewData, acl: readonly Acl[]): Change {
  const path = pathOf(step.key);
  const aclBytes = acl.reduce((sum, { scheme, id }) => sum + scheme.length + id.length + 12, 0);
  const bytes = path.length + aclBytes + byteLength(data) + OVERHEAD_BYTES;
  return { step, path, op: { op: 'create', path, data, acl, mode: 'persistent' }, bytes, expected: null };
}

function changing(step: RestoreStep, data: NewData): Change {
  const expected = expectationOf(step);
  const path = pathOf(step.key);
  const op: MultiOp = { op: 'setData', path, data, version: expected?.version ?? 0 };
  return { step, path, op, bytes: path.length + byteLength(data) + OVERHEAD_BYTES, expected };
}

/** True when a node with this stat is the one the step was planned on. */
export function isAsPlanned({ expected }: Change, stat: Stat | null): boolean {
  if (expected === null || stat === null) return expected === null && stat === null;
  return (
    (expected.czxid === undefined || expected.czxid === stat.czxid.toString()) &&
    (expected.mzxid === undefined || expected.mzxid === stat.mzxid.toString()) &&
    (expected.version === undefined || expected.version === stat.version)
  );
}

/** What became of a change that may or may not have been made; undefined: it can still be made. */
export function examine(change: Change, live: BatchItem<NodeRead>): StepOutcome | undefined {
  if (live instanceof ZooKeeperError) return examineUnreadable(change, live);
  if (isAsPlanned(change, live?.stat ?? null)) return undefined;
  const { op, step } = change;
  if (live === null) return op.op === 'delete' ? ALREADY : conflict('gone');
  if (op.op === 'delete') return otherwise(live);
  const wanted = op.op === 'create' || op.op === 'setData' ? op.data : null;
  const sameData = isComputed(step.key) || equalData(wanted, live.data);
  const aclCounts = op.op === 'create' && step.members.includes('acl');
  if (sameData && (!aclCounts || isMadeFrom(op.acl ?? [], live.acl))) return ALREADY;
  return otherwise(live);
}

/** Without a look at the node only the servers can tell. */
function examineUnreadable(change: Change, error: ZooKeeperError): StepOutcome | undefined {
  return change.op.op === 'create' ? conflict('unreadable') : refusal(change.step, error, 0);
}

/** The data of an entry that holds it itself; undefined where {@link storedData} has to be read. */
export function inlineData(entry: Entry): NewData | undefined {
  const { data } = znodeContent(entry);
  if (data === null) return null;
  return typeof data === 'string' ? { base64: data } : undefined;
}

/** The data of an entry that only names it. */
export async function storedData(
  entry: Entry,
  view: PointView,
  signal: AbortSignal | undefined,
): Promise<NewData> {
  const { data } = znodeContent(entry);
  if (data === null || typeof data === 'string') return inlineData(entry) ?? null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of view.blob(entry, data.sha256, signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Of base64 as much as it can be. */
function byteLength(data: NewData): number {
  if (data === null) return 0;
  return 'base64' in data ? Math.ceil((data.base64.length * 3) / 4) : data.length;
}

function equalData(wanted: NewData, live: NodeData): boolean {
  if (wanted === null || live === null) return wanted === live;
  const bytes = 'base64' in wanted ? Buffer.from(wanted.base64, 'base64') : wanted;
  return Buffer.compare(bytes, live) === 0;
}

/** Tells enough to know two values apart, without showing what they hold. */
function otherwise({ data, stat }: NodeRead): StepOutcome {
  const { version } = stat;
  const time = new Date(stat.mtime).toISOString();
  if (data === null) return conflict('version-empty', { version, time });
  const bytes = data.length;
  if (bytes > INLINE_VALUE_LIMIT) return conflict('version', { version, time, bytes });
  const sha256 = createHash('sha256').update(data).digest('hex').slice(0, 16);
  return conflict('version-digest', { version, time, bytes, sha256 });
}
