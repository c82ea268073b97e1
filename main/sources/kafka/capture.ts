import type { JsonObject } from '../../../shared/model/entry.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { isKafkaError, type QuorumDescription } from '../../protocols/kafka/index.ts';
import type { CaptureOutput, CaptureSummary } from '../contract.ts';
import type { KafkaAccess } from './access.ts';
import { GROUP, TOPIC, USER } from './content.ts';
import { FirstPass, keyText } from './first-pass.ts';
import { groupKey, topicKey } from './keys.ts';
import { Problems } from './problems.ts';
import { readPass } from './read/pass.ts';
import { Reading } from './reading.ts';
import { secondLook } from './second-look.ts';
import { type KafkaSelection, type Scope, scopeOf } from './selection.ts';

/*
 * The position of a Kafka capture:
 *   clusterId  of the cluster
 *   from, to   between these moments (this machine's clock, ISO 8601) everything was read: Kafka has no snapshot
 *   metadata   KRaft only, where the account may ask: {epoch, from, to}, epoch of the controller and end of the
 *              metadata log (decimal) at these moments; the same from and to: nothing but groups can have changed
 *   corrected  objects that the second look found changed, and corrected
 */

export interface CaptureOptions {
  readonly access: KafkaAccess;
  readonly selection: KafkaSelection;
  readonly output: CaptureOutput;
  readonly signal?: AbortSignal | undefined;
}

/** Captures what the selection covers: a first pass over everything, then a second look at what is cheap to see. */
export async function capture({
  access,
  selection,
  output,
  signal,
}: CaptureOptions): Promise<CaptureSummary> {
  const scope = scopeOf(selection);
  const problems = new Problems();
  const reading = () => new Reading(access, scope, signal, (problem) => problems.add(problem));
  const from = access.now();
  const [before, hidden] = await Promise.all([quorum(access, signal), hiddenNotes(access, scope, signal)]);
  const first = await firstPass(reading(), output);
  const corrected = await correct(reading(), first, problems, output);
  const after = await quorum(access, signal);
  const { clusterId } = await access.client.describeCluster({ signal });
  const to = access.now();
  const span = { from: from.toISOString(), to: to.toISOString() };
  for (const note of notes(first, span, corrected)) output.warn(note);
  return {
    position: { clusterId, ...span, ...metadataOf(before, after), corrected },
    missing: [...hidden, ...problems.notes()],
    absent: absentNotes(scope, first),
  };
}

async function firstPass(reading: Reading, output: CaptureOutput): Promise<FirstPass> {
  const first = new FirstPass();
  for await (const batch of readPass(reading)) {
    for (const entry of batch) {
      first.add(entry);
      const written = output.put(entry);
      if (written !== undefined) await written;
    }
    output.progress(first.written);
  }
  return first;
}

async function correct(
  reading: Reading,
  first: FirstPass,
  problems: Problems,
  output: CaptureOutput,
): Promise<number> {
  let corrected = 0;
  for await (const line of secondLook(reading, first, problems)) {
    corrected++;
    const written = output.put(line, 1);
    if (written !== undefined) await written;
  }
  return corrected;
}

/** Undefined where there is none, or the account may not ask. */
async function quorum(
  { client }: KafkaAccess,
  signal: AbortSignal | undefined,
): Promise<QuorumDescription | undefined> {
  try {
    return await client.describeQuorum({ signal });
  } catch (error) {
    if (isKafkaError(error, 'CLUSTER_AUTHORIZATION_FAILED')) return undefined;
    throw error;
  }
}

function metadataOf(
  before: QuorumDescription | undefined,
  after: QuorumDescription | undefined,
): { readonly metadata?: JsonObject } {
  if (before === undefined || after === undefined) return {};
  const from = before.highWatermark.toString();
  return { metadata: { epoch: after.leaderEpoch, from, to: after.highWatermark.toString() } };
}

/** Lists leave out silently what the account may not describe: what it cannot see, it cannot capture. */
async function hiddenNotes(
  { client }: KafkaAccess,
  { branches, open }: Scope,
  signal: AbortSignal | undefined,
): Promise<FidelityNote[]> {
  const seen = await client.seesEverything({ signal });
  return [
    ...(branches.has('topics') && open.topics && !seen.topics ? [hiddenNote(TOPIC, 'topics')] : []),
    ...(branches.has('groups') && open.groups && !seen.groups ? [hiddenNote(GROUP, 'groups')] : []),
  ];
}

function hiddenNote(kind: string, what: string): FidelityNote {
  return {
    fidelity: 'partial',
    kind,
    code: 'hidden',
    text: `The account may not describe all ${what}: those that it may not are missing.`,
    params: { what },
  };
}

/** Names that were asked for one by one and are not there: a misspelt one must not pass for an empty one. */
function absentNotes({ branches, named }: Scope, first: FirstPass): FidelityNote[] {
  const topics = branches.has('topics')
    ? named.topics.filter((name) => !first.of('topics').has(keyText(topicKey(name))))
    : [];
  const groups = branches.has('groups') ? named.groups.filter((id) => !first.groups.has(id)) : [];
  return [
    ...topics.map((name) => absentNote(TOPIC, topicKey(name).join('/'))),
    ...groups.map((id) => absentNote(GROUP, groupKey(id).join('/'))),
  ];
}

function absentNote(kind: string, name: string): FidelityNote {
  const text = `${name}: selected by name and does not exist`;
  return { fidelity: 'partial', kind, code: 'not-found', text, params: { name } };
}

function* notes(
  { withoutVerifier, internalTopics }: FirstPass,
  { from, to }: { readonly from: string; readonly to: string },
  corrected: number,
): Generator<FidelityNote> {
  yield {
    fidelity: 'partial',
    kind: TOPIC,
    code: 'not-one-moment',
    text: `Kafka has no snapshot: everything was read between ${from} and ${to}; ${corrected} objects changed meanwhile and were read again.`,
    params: { from, to, corrected },
  };
  if (withoutVerifier > 0) {
    yield {
      fidelity: 'operator',
      kind: USER,
      code: 'verifier-unknown',
      text: `${withoutVerifier} SCRAM credentials are recorded without what checks the password: Kafka tells it nobody. Restoring them needs the passwords.`,
      params: { total: withoutVerifier },
    };
  }
  if (internalTopics > 0) {
    yield {
      fidelity: 'operator',
      kind: TOPIC,
      code: 'internal-not-restored',
      text: `${internalTopics} internal topics are recorded but never restored: the cluster makes them itself.`,
      params: { total: internalTopics },
    };
  }
}
