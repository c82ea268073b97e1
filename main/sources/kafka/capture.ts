import type { JsonObject } from '../../../shared/model/entry.ts';
import { isKafkaError, type QuorumDescription } from '../../protocols/kafka/index.ts';
import type { CaptureOutput, CaptureSummary } from '../contract.ts';
import type { KafkaAccess } from './access.ts';
import { absentNotes, closingNotes, hiddenNotes } from './capture-notes.ts';
import { FirstPass } from './first-pass.ts';
import { lostBrokers } from './lost-brokers.ts';
import { Problems } from './problems.ts';
import { Progress } from './progress.ts';
import { readPass } from './read/pass.ts';
import { Reading } from './reading.ts';
import { secondLook } from './second-look.ts';
import { type KafkaSelection, scopeOf } from './selection.ts';

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
  const passes = {
    first: new Reading(access, scope, signal, (problem) => problems.add(problem)),
    second: new Reading(access, scope, signal, (problem) => problems.addLater(problem)),
  };
  const from = access.now();
  const [before, hidden] = await Promise.all([
    quorum(access, signal),
    hiddenNotes({ access, scope, signal }),
  ]);
  const first = await firstPass(passes.first, output);
  const corrected = await correct(passes.second, first, problems, output);
  for await (const problem of lostBrokers([passes.first, passes.second])) problems.add(problem);
  const absent = await absentNotes({ access, scope, signal }, first, problems);
  const [after, { clusterId }] = await Promise.all([
    quorum(access, signal),
    access.client.describeCluster({ signal }),
  ]);
  const to = access.now();
  const span = { from: from.toISOString(), to: to.toISOString() };
  for (const note of closingNotes(first, span, corrected)) output.warn(note);
  for (const note of problems.unconfirmed()) output.warn(note);
  return {
    position: { clusterId, ...span, ...metadataOf(before, after), corrected },
    missing: [...hidden, ...problems.notes()],
    absent,
  };
}

async function firstPass(reading: Reading, output: CaptureOutput): Promise<FirstPass> {
  const first = new FirstPass();
  const progress = new Progress(reading, output);
  for await (const batch of readPass(reading)) {
    for (const entry of batch) {
      first.add(entry);
      progress.add(entry);
      const written = output.put(entry);
      if (written !== undefined) await written;
    }
    progress.tell();
  }
  output.flush(0);
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

/** Undefined where there is none, or nobody tells it now: the content does not hang on it. */
async function quorum(
  { client }: KafkaAccess,
  signal: AbortSignal | undefined,
): Promise<QuorumDescription | undefined> {
  try {
    return await client.describeQuorum({ signal });
  } catch (error) {
    if (isKafkaError(error)) return undefined;
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
