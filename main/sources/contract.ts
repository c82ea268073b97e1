import type { z } from 'zod';
import type { Text } from '../../shared/errors/text.ts';
import type { AccessRule } from '../../shared/model/access.ts';
import type { BlobLocations, BlobName, Entry, Json, JsonObject, Line } from '../../shared/model/entry.ts';
import type { Fidelity, FidelityNote } from '../../shared/model/fidelity.ts';
import type { CheckResult } from '../../shared/model/preflight.ts';
import type { RestoreStep, StepOutcome } from '../../shared/model/restore.ts';
import type { Key } from '../../shared/order/key.ts';
import type { Dial } from '../protocols/dialer.ts';
import type { LoadGate } from './load.ts';

/*
 * What every source keeps, whatever service it reads.
 *
 * Consistency. `capture` leaves the content of one point in the service's history: generation 0 is what the
 * first pass saw, later generations correct it to the position given in the summary. Where the service cannot
 * give that, the summary says so by a note and by the span of its position; it never claims more than it knows.
 *
 * Order. `capture` puts lines of a generation in ascending key order, each key once. `scan` likewise.
 *
 * Completeness. What was selected is captured, or the summary's `missing` names it. A kind of object that the
 * account may not read is missing, not skipped, and so is what may lie behind a thing that it may not look into; the
 * rest is captured all the same. A restore never removes what the point lacks only because its capture could not read it.
 *
 * Restoring. `plan` compares the wanted state with the live one and writes only steps that are needed, so
 * planning again after a finished restore gives none. A step is bound to the live version it was planned on
 * (`expect`). `apply` checks that version with the change itself, atomically where the service can; when it
 * differs, the outcome is `conflict` and nothing is changed. Applying a step that an interrupted earlier apply
 * already did gives `already`.
 *
 * Gentleness. A source keeps to the load limits of its context on every call, live browsing included.
 *
 * Reading is reading: nothing but `apply` and a `check` that says so in its text writes to the service.
 *
 * Abort and errors as for storages: prompt, with the signal's reason; codes `source.*` of the error table.
 * A service's own message goes along as the cause, without secrets.
 */

/** A kind of object that a source captures. */
export interface ObjectKind {
  readonly kind: string;
  readonly label: Text;
  /** How faithfully a restore brings it back, at best. */
  readonly fidelity: Fidelity;
  /** What is lost or has to be done by a person, when not exact. */
  readonly remark?: Text;
  /** Holds secrets of the cluster itself (verifiers, password hashes): needs an archive key or consent. */
  readonly sensitive?: true;
}

export interface SourceContext {
  readonly now: () => Date;
  /** From 0 inclusive to 1 exclusive. */
  readonly random: () => number;
  /** Shared by all connections to the cluster: every request goes through it. */
  readonly gate: LoadGate;
  /** The way to every server of the service; undefined: this machine's own network. */
  readonly dial?: Dial;
  readonly signal?: AbortSignal;
}

/** What the service says of itself. */
export interface ProbeReport {
  /** Version of the service; null where it does not tell. */
  readonly version: string | null;
  /** Facts that tell this cluster from any other, whichever member is asked; the driver's `identity` compares them. */
  readonly identity: JsonObject;
  /** How the service is reached and authenticated, for people. */
  readonly facts: readonly { readonly label: Text; readonly value: string }[];
}

/** How much of a kind there is; bytes undefined where only a full read would tell. */
export interface InventoryLine {
  readonly kind: string;
  readonly entries: number;
  readonly bytes?: number;
}

/** Where `capture` puts what it reads. A promise returned by `put` must be awaited: it is the backpressure. */
export interface CaptureOutput {
  /** Generation 0 unless given. */
  put(line: Line, generation?: number): void | Promise<void>;
  /**
   * Nothing comes in the generation for a while: what was put of it is compressed meanwhile, and not at the very end.
   * More may follow.
   */
  flush(generation: number): void;
  /** Stores a large value before the entry that refers to it; the result goes into content and `blobs`. */
  blob(data: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredBlob>;
  /** Objects read so far and, where known, in total: for progress. Cheap; call it as often as you like. */
  progress(done: number, total?: number): void;
  warn(note: FidelityNote): void;
}

export interface StoredBlob {
  readonly name: BlobName;
  readonly locations: BlobLocations;
}

export interface CaptureSummary {
  /** Where in the service's history the content lies; documented per source. */
  readonly position: JsonObject;
  /** What was selected and could not be captured. Not empty: the run is incomplete, and an undo point no way back. */
  readonly missing: readonly FidelityNote[];
  /** What was selected by name and is not there. Not empty: a backup is incomplete; an undo point is as it should be. */
  readonly absent: readonly FidelityNote[];
}

/** A recovery point of one source, for reading: one archive, or a chain merged. */
export interface PointView {
  readonly position: JsonObject;
  readonly version: string | null;
  /** What the service said of itself when it was captured (`ProbeReport.identity`); empty where nothing is known of it. */
  readonly identity: JsonObject;
  readonly selection: JsonObject;
  /** What its capture said, of what it could not read among it. */
  readonly notes: readonly FidelityNote[];
  /** Live entries in key order, in batches; below `prefix` when given (the prefix's own entry included). */
  entries(prefix?: Key, signal?: AbortSignal): AsyncIterable<readonly Entry[]>;
  entry(key: Key, signal?: AbortSignal): Promise<Entry | undefined>;
  /** The bytes of a blob that the entry's content names. */
  blob(entry: Entry, sha256: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** What to restore, and where to. */
export interface RestoreRequest {
  /** Patterns over keys as the source documents them; empty: everything in the point. */
  readonly select: readonly string[];
  /** Put what is below the selection's common root here instead of where it was. */
  readonly into?: string;
  /** `equal` also removes what the point does not have; `merge` only adds and changes. */
  readonly mode: 'equal' | 'merge';
}

/** Steps of one phase are applied in the order in which they were planned, or in the reverse of it. */
export interface RestorePhase {
  readonly id: string;
  readonly label: Text;
  readonly order: 'forward' | 'reverse';
}

export interface PlanOutput {
  step(step: RestoreStep): void | Promise<void>;
  /** What cannot be restored, or only by a person. */
  note(note: FidelityNote): void;
  progress(done: number, total?: number): void;
}

export interface ApplyOutput {
  /** Called once per step, after its effect is certain. Awaited before more than a batch of further steps is sent. */
  done(step: RestoreStep, outcome: StepOutcome): void | Promise<void>;
}

/** One difference between two states of an entry. */
export interface Difference {
  readonly change: 'added' | 'removed' | 'changed';
  readonly key: Key;
  readonly kind: string;
  /** Members of the content that differ; empty for added and removed. */
  readonly members: readonly string[];
  readonly left?: Entry;
  readonly right?: Entry;
}

export interface ChildPage {
  readonly children: readonly ChildSummary[];
  /** Give it as `after` to go on; undefined at the end. */
  readonly next?: string;
  /** Children in all. */
  readonly total: number;
}

/** Which children: after a name, or from a number of them on; from the first one where neither is given. */
export interface PageRequest {
  readonly after?: string;
  readonly offset?: number;
  readonly limit: number;
}

export interface ChildSummary {
  readonly name: string;
  /** Undefined where telling would cost a request per child. */
  readonly kind?: string;
  readonly hasChildren?: boolean;
  readonly bytes?: number;
  readonly detail?: Json;
}

/**
 * Before a capture, before a restore, or after one: then it is tried whether the service serves its clients. A source
 * that makes something of its own for that says so in its text, and removes it before it ends. Nothing of others is
 * touched.
 */
export type CheckPurpose = 'capture' | 'restore' | 'restored';

/** An open way to one service of one cluster. */
export interface SourceConnection {
  probe(signal?: AbortSignal): Promise<ProbeReport>;
  /** Checks around a run: reachable, authorised, clocks, version gates… Never throws for a failed check. */
  check(purpose: CheckPurpose, signal?: AbortSignal): AsyncIterable<CheckResult>;
  inventory(selection: JsonObject, signal?: AbortSignal): Promise<readonly InventoryLine[]>;
  capture(selection: JsonObject, output: CaptureOutput, signal?: AbortSignal): Promise<CaptureSummary>;

  /**
   * Live entries in key order, in one pass without repair: for browsing, diffs and plans. Values too large for
   * the content are named as in an archive, without locations; `value` reads them.
   */
  scan(selection: JsonObject, signal?: AbortSignal): AsyncIterable<readonly Entry[]>;
  /** A page of live children, by name in UTF-8 order. */
  children(key: Key, page: PageRequest, signal?: AbortSignal): Promise<ChildPage>;
  /** Undefined when there is none. */
  entry(key: Key, signal?: AbortSignal): Promise<Entry | undefined>;
  /** Bytes of a live entry's large value. */
  value(key: Key, signal?: AbortSignal): AsyncIterable<Uint8Array>;

  /** The selection that covers everything a restore request may change: what the undo point must hold. */
  affected(view: PointView, request: RestoreRequest): JsonObject;
  readonly phases: readonly RestorePhase[];
  plan(view: PointView, request: RestoreRequest, output: PlanOutput, signal?: AbortSignal): Promise<void>;
  /** Steps come phase by phase in the order the phase asks for. A conflict or failure of one step stops no other. */
  apply(
    view: PointView,
    request: RestoreRequest,
    steps: AsyncIterable<readonly RestoreStep[]>,
    output: ApplyOutput,
    signal?: AbortSignal,
  ): Promise<void>;
  /** What differs between the point (left) and the live state (right), as far as the request covers it. */
  compare(
    view: PointView,
    request: RestoreRequest,
    signal?: AbortSignal,
  ): AsyncIterable<readonly Difference[]>;
  close(): Promise<void>;
}

/** What a source can do beyond the contract; absent means it cannot. */
export interface SourceCapabilities {
  /** A cluster may have several services of this kind. */
  readonly severalServices?: true;
  /** The content of a finished capture is one point in time, proved. */
  readonly consistentCapture?: true;
  /** There is something to try after a restore: the checks of the purpose `restored` are not empty. */
  readonly triesAfterRestore?: true;
}

/** How a service is known again from one run to the next. */
export interface SourceIdentity {
  /**
   * Whether what was said before and what is said now (`ProbeReport.identity`) come from different services. False
   * where that cannot be told: nobody is held up because a member or an address has changed.
   */
  readonly differs: (known: JsonObject, now: JsonObject) => boolean;
  /** What is compared, and what cannot be noticed; Markdown. */
  readonly about: Text;
}

/** A kind of source: one definition from which flags, forms, validation and documentation are derived. */
export interface SourceDriver<
  Options extends z.ZodObject = z.ZodObject,
  Selection extends z.ZodObject = z.ZodObject,
> {
  readonly id: string;
  /** As it stands in archive names: `ZooKeeper`, `Kafka`. */
  readonly dataSource: string;
  readonly label: Text;
  readonly summary: Text;
  /** How to reach the service. */
  readonly options: Options;
  /** What to capture of it. Every field has a default. */
  readonly selection: Selection;
  readonly kinds: readonly ObjectKind[];
  /** A selection that holds everything at and below a key. Absent: only the whole can be read. */
  readonly selectionBelow?: (key: Key) => JsonObject;
  /** The access control list that an entry has or is; undefined where it has nothing to do with one. */
  readonly access?: (entry: Entry) => readonly AccessRule[] | undefined;
  /** The raw value in an entry's content: base64, the name of a blob, or null for none. Absent: there are no such values. */
  readonly rawValue?: (content: JsonObject) => string | BlobName | null;
  readonly capabilities: SourceCapabilities;
  /** Absent: one service cannot be told from another. */
  readonly identity?: SourceIdentity;
  /** The least account that can capture, and what a restore needs beyond it; Markdown. */
  readonly account: Text;
  connect(options: z.infer<Options>, context: SourceContext): Promise<SourceConnection>;
}

/** Keeps a definition's types while it is declared. */
export function defineSource<Options extends z.ZodObject, Selection extends z.ZodObject>(
  driver: SourceDriver<Options, Selection>,
): SourceDriver<Options, Selection> {
  return driver;
}
