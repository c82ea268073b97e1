import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { Key } from '../../../shared/order/key.ts';
import { ZooKeeperError } from '../../protocols/zookeeper/index.ts';
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
import type { LoadGate } from '../load.ts';
import { type OwnIdentity, ownIdentity } from './acl.ts';
import { apply } from './apply.ts';
import { Browser } from './browse.ts';
import { capture } from './capture.ts';
import { check } from './checks.ts';
import { compare } from './compare.ts';
import { liveEntry } from './content.ts';
import { asSourceError } from './faults.ts';
import { inventory } from './inventory.ts';
import { Link } from './link.ts';
import type { ZooKeeperOptions } from './options.ts';
import { plan } from './plan.ts';
import { probe } from './probe.ts';
import { affectedSelection, parseSelection, restoreMapping, selectionScope } from './selection.ts';
import { phases } from './steps.ts';
import { walk } from './walk.ts';

/** A session with one ZooKeeper, as a source. Every error that leaves it has a code of the error table. */
export class ZooKeeperConnection implements SourceConnection {
  readonly phases = phases;
  readonly #link: Link;
  readonly #gate: LoadGate;
  readonly #options: ZooKeeperOptions;
  readonly #context: SourceContext;
  readonly #identity: OwnIdentity;
  readonly #browser: Browser;

  private constructor(link: Link, options: ZooKeeperOptions, context: SourceContext) {
    this.#link = link;
    this.#options = options;
    this.#context = context;
    this.#gate = context.gate;
    this.#identity = ownIdentity(options);
    this.#browser = new Browser(link, this.#gate);
  }

  static async open(options: ZooKeeperOptions, context: SourceContext): Promise<ZooKeeperConnection> {
    return new ZooKeeperConnection(await Link.open(options, context), options, context);
  }

  probe(signal?: AbortSignal): Promise<ProbeReport> {
    return translated(probe(this.#link, this.#options, signal));
  }

  check(purpose: CheckPurpose, signal?: AbortSignal): AsyncIterable<CheckResult> {
    return translatedEach(
      check({ link: this.#link, options: this.#options, identity: this.#identity, purpose, signal }),
    );
  }

  inventory(selection: JsonObject, signal?: AbortSignal): Promise<readonly InventoryLine[]> {
    return translated(inventory(this.#link, this.#gate, parseSelection(selection), signal));
  }

  capture(selection: JsonObject, output: CaptureOutput, signal?: AbortSignal): Promise<CaptureSummary> {
    const options = { ...this.#access, selection: parseSelection(selection), output, signal };
    return translated(capture({ ...options, mostRounds: this.#options.rounds }));
  }

  scan(selection: JsonObject, signal?: AbortSignal): AsyncIterable<readonly Entry[]> {
    return translatedEach(this.#scan(selection, signal));
  }

  async *#scan(selection: JsonObject, signal: AbortSignal | undefined): AsyncGenerator<readonly Entry[]> {
    const scope = selectionScope(parseSelection(selection), this.#link.chroot);
    for await (const visited of walk({ ...this.#access, scope, signal })) {
      yield visited.flatMap(({ key, node }) =>
        node instanceof ZooKeeperError ? [] : [liveEntry(key, node)],
      );
    }
  }

  children(key: Key, page: PageRequest, signal?: AbortSignal): Promise<ChildPage> {
    return translated(this.#browser.children(key, page, signal));
  }

  entry(key: Key, signal?: AbortSignal): Promise<Entry | undefined> {
    return translated(this.#browser.entry(key, signal));
  }

  value(key: Key, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    return translatedEach(this.#browser.value(key, signal));
  }

  affected(view: PointView, request: RestoreRequest): JsonObject {
    return { ...affectedSelection(view.selection, request) };
  }

  plan(view: PointView, request: RestoreRequest, output: PlanOutput, signal?: AbortSignal): Promise<void> {
    const { counterLimit } = this.#options;
    const mapping = restoreMapping(view.selection, request, this.#link.chroot);
    const identity = this.#identity;
    return translated(
      plan({ ...this.#access, view, request, mapping, identity, counterLimit, output, signal }),
    );
  }

  apply(
    view: PointView,
    request: RestoreRequest,
    steps: AsyncIterable<readonly RestoreStep[]>,
    output: ApplyOutput,
    signal?: AbortSignal,
  ): Promise<void> {
    const { random } = this.#context;
    const mapping = restoreMapping(view.selection, request, this.#link.chroot);
    const identity = this.#identity;
    return translated(apply({ ...this.#access, view, mapping, identity, random, output, signal }, steps));
  }

  compare(
    view: PointView,
    request: RestoreRequest,
    signal?: AbortSignal,
  ): AsyncIterable<readonly Difference[]> {
    const mapping = restoreMapping(view.selection, request, this.#link.chroot);
    return translatedEach(compare({ ...this.#access, view, mapping, mode: request.mode, signal }));
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  get #access(): { readonly link: Link; readonly gate: LoadGate } {
    return { link: this.#link, gate: this.#gate };
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
