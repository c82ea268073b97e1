import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { Key } from '../../../shared/order/key.ts';
import type {
  ApplyOutput,
  CaptureOutput,
  CaptureSummary,
  CheckPurpose,
  ChildPage,
  Difference,
  InventoryLine,
  PageRequest,
  PlanOutput,
  PointView,
  ProbeReport,
  RestoreRequest,
  SourceConnection,
  SourceContext,
} from '../contract.ts';
import { closeAccess, type KafkaAccess, openAccess } from './access.ts';
import { Browser } from './browse.ts';
import { capture } from './capture.ts';
import { check } from './checks.ts';
import { asSourceError } from './faults.ts';
import { inventory } from './inventory.ts';
import type { KafkaOptions } from './options.ts';
import { probe } from './probe.ts';
import { affected, apply, compare, phases, plan, restoreChecks, tryRecords } from './restore/index.ts';
import { scan } from './scan.ts';
import { parseSelection } from './selection.ts';

/** A way to one Kafka, as a source. Every error that leaves it has a code of the error table. */
export class KafkaConnection implements SourceConnection {
  readonly phases = phases;
  readonly #access: KafkaAccess;
  readonly #browser: Browser;

  private constructor(access: KafkaAccess) {
    this.#access = access;
    this.#browser = new Browser(access);
  }

  static async open(options: KafkaOptions, context: SourceContext): Promise<KafkaConnection> {
    return new KafkaConnection(await translated(openAccess(options, context)));
  }

  probe(signal?: AbortSignal): Promise<ProbeReport> {
    return translated(probe(this.#access, signal));
  }

  check(purpose: CheckPurpose, signal?: AbortSignal): AsyncIterable<CheckResult> {
    return translatedEach(this.#check(purpose, signal));
  }

  async *#check(purpose: CheckPurpose, signal: AbortSignal | undefined): AsyncGenerator<CheckResult> {
    const options = { access: this.#access, signal };
    if (purpose === 'restored') {
      yield* tryRecords(options);
      return;
    }
    let reachable = true;
    for await (const result of check(options)) {
      reachable &&= result.result !== 'failed';
      yield result;
    }
    if (purpose === 'restore' && reachable) yield* restoreChecks(options);
  }

  inventory(selection: JsonObject, signal?: AbortSignal): Promise<readonly InventoryLine[]> {
    return translated(inventory(this.#access, parseSelection(selection), signal));
  }

  capture(selection: JsonObject, output: CaptureOutput, signal?: AbortSignal): Promise<CaptureSummary> {
    return translated(
      capture({ access: this.#access, selection: parseSelection(selection), output, signal }),
    );
  }

  scan(selection: JsonObject, signal?: AbortSignal): AsyncIterable<readonly Entry[]> {
    return translatedEach(scan(this.#access, parseSelection(selection), signal));
  }

  children(key: Key, page: PageRequest, signal?: AbortSignal): Promise<ChildPage> {
    return translated(this.#browser.children(key, page, signal));
  }

  entry(key: Key, signal?: AbortSignal): Promise<Entry | undefined> {
    return translated(this.#browser.entry(key, signal));
  }

  /** Nothing in Kafka's metadata is too large for its entry. */
  async *value(): AsyncGenerator<Uint8Array> {}

  affected(view: PointView, request: RestoreRequest): JsonObject {
    return { ...affected(parseSelection(view.selection), request) };
  }

  plan(view: PointView, request: RestoreRequest, output: PlanOutput, signal?: AbortSignal): Promise<void> {
    return translated(plan({ access: this.#access, view, request, output, signal }));
  }

  apply(
    view: PointView,
    request: RestoreRequest,
    steps: AsyncIterable<readonly RestoreStep[]>,
    output: ApplyOutput,
    signal?: AbortSignal,
  ): Promise<void> {
    return translated(apply({ access: this.#access, view, request, output, signal }, steps));
  }

  compare(
    view: PointView,
    request: RestoreRequest,
    signal?: AbortSignal,
  ): AsyncIterable<readonly Difference[]> {
    return translatedEach(compare({ access: this.#access, view, request, signal }));
  }

  close(): Promise<void> {
    return closeAccess(this.#access);
  }
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asSourceError(error);
  }
}

async function* translatedEach<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw asSourceError(error);
  }
}
