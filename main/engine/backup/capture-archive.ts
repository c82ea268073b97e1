import { HoldfastError } from '../../../shared/errors/error.ts';
import type { JsonObject, Line } from '../../../shared/model/entry.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { ManifestFacts } from '../../../shared/model/manifest.ts';
import {
  type ArchiveWriter,
  type FinishedArchive,
  openArchiveWriter,
  type Seal,
  type Signer,
} from '../../archive/index.ts';
import type { CaptureOutput, CaptureSummary, SourceConnection } from '../../sources/contract.ts';
import type { Storage } from '../../storages/contract.ts';
import type { StepRecorder } from '../runs/run-recorder.ts';

/** What the engine knows of an archive before its first byte. */
export interface ArchiveFacts {
  readonly id: string;
  readonly created: Date;
  readonly source: ManifestFacts['source'];
  readonly cluster: ManifestFacts['cluster'];
  readonly task: ManifestFacts['task'];
  readonly run: ManifestFacts['run'];
  readonly tool: ManifestFacts['tool'];
  readonly sensitive: readonly string[];
  readonly consent: boolean;
  readonly seal?: Seal;
  readonly signer?: Signer;
}

export interface CaptureOrder {
  readonly connection: SourceConnection;
  readonly selection: JsonObject;
  readonly facts: ArchiveFacts;
  readonly now: () => Date;
}

export interface CapturedArchive extends FinishedArchive {
  readonly missing: readonly FidelityNote[];
  readonly absent: readonly FidelityNote[];
}

/**
 * Captures a source into one full archive at `path`: source, compression and storage run at the pace of the
 * slowest. The archive appears whole, with its last byte, or not at all.
 */
export async function captureArchive(
  order: CaptureOrder,
  storage: Storage,
  path: string,
  step: StepRecorder,
  signal: AbortSignal,
): Promise<CapturedArchive> {
  const { id, created, seal, signer } = order.facts;
  const writer = openArchiveWriter({
    id,
    created,
    ...(seal === undefined ? {} : { seal }),
    ...(signer === undefined ? {} : { signer }),
  });
  let failure: { readonly error: unknown } | undefined;
  /** The first failure counts; the other side only learns of it through the writer, and so cannot wait for ever. */
  const fail = (error: unknown): void => {
    failure ??= { error };
    writer.abort(error);
  };
  const stop = (): void => fail(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const stored = storage.write(path, counted(writer.bytes, step), { ifAbsent: true, signal });
  const captured = captureInto(order, writer, step, signal);
  stored.catch(fail);
  captured.catch(fail);
  const [capture, storing] = await Promise.allSettled([captured, stored]);
  signal.removeEventListener('abort', stop);
  if (failure !== undefined && isStoppedConsumer(failure.error) && storing.status === 'rejected') {
    throw storing.reason;
  }
  if (capture.status === 'rejected' || failure !== undefined) throw failure?.error;
  return capture.value;
}

/**
 * Whether the writer only found that nobody takes its bytes any more: a storage that fails lets go of them before
 * it says why.
 */
function isStoppedConsumer(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'archive.writer-closed';
}

async function captureInto(
  order: CaptureOrder,
  writer: ArchiveWriter,
  step: StepRecorder,
  signal: AbortSignal,
): Promise<CapturedArchive> {
  const notes: FidelityNote[] = [];
  const summary = await order.connection.capture(order.selection, captureOutput(writer, step, notes), signal);
  const finished = await writer.finish(manifestFacts(order, summary, notes));
  return { ...finished, missing: summary.missing, absent: summary.absent };
}

function captureOutput(writer: ArchiveWriter, step: StepRecorder, notes: FidelityNote[]): CaptureOutput {
  return {
    put: (line: Line, generation?: number) => writer.put(line, generation),
    flush: (generation) => writer.flush(generation),
    blob: async (data) => {
      const { name, chunks } = await writer.blob(data);
      return { name, locations: { [name.sha256]: chunks } };
    },
    progress: (done, total) => step.progress(done, total),
    warn: (note) => {
      notes.push(note);
    },
  };
}

function manifestFacts(
  order: CaptureOrder,
  summary: CaptureSummary,
  notes: readonly FidelityNote[],
): ManifestFacts {
  const { id, source, cluster, task, run, tool, sensitive, consent } = order.facts;
  return {
    finished: order.now().toISOString(),
    tool,
    source,
    cluster,
    task,
    run,
    set: id,
    parent: null,
    depth: 0,
    complete: summary.missing.length + summary.absent.length === 0,
    selection: order.selection,
    position: summary.position,
    notes: [
      ...summary.missing.map((note) => ({ ...note, lack: 'unread' as const })),
      ...summary.absent.map((note) => ({ ...note, lack: 'absent' as const })),
      ...notes,
    ],
    sensitive: [...sensitive],
    consent,
  };
}

async function* counted(bytes: AsyncIterable<Uint8Array>, step: StepRecorder): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    step.addBytes(chunk.length);
    yield chunk;
  }
}
