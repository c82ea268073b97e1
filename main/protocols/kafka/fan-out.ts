import { forEachInFlight } from '../../../shared/in-flight.ts';
import type { Broker, SendOptions } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { isKafkaError, KafkaError } from './errors.ts';
import { isPassing } from './retry.ts';
import type { Outcome } from './types.ts';

/** Requests of one call under way at once; the load limits may allow fewer. */
const MOST_IN_FLIGHT = 32;

/** A call on many objects, cut into requests to the brokers that answer for them. */
export interface FanOut<Item, Result> {
  readonly items: readonly Item[];
  /** Items per request. */
  readonly chunk: number;
  /** The broker to ask for each item, or why there is none. Called again for items that are tried again. */
  route(items: readonly Item[]): Promise<readonly (Broker | KafkaError)[]>;
  /** A result or an error per item. */
  ask(broker: Broker, items: readonly Item[]): Promise<readonly (Result | KafkaError)[]>;
  readonly write?: boolean;
  /** Longest time to try again, where it is less than the client's patience. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal | undefined;
}

interface Part<Item> {
  readonly broker: Broker;
  readonly items: { readonly item: Item; readonly place: number }[];
}

/**
 * One result or error per item, in order. Items that failed for a passing reason are asked again, of the broker that
 * is in charge by then, within the client's patience; so is what a lost connection left open, unless it is a write.
 */
export async function fanOut<Item, Result>(
  cluster: Cluster,
  call: FanOut<Item, Result>,
): Promise<readonly (Result | KafkaError)[]> {
  const { items, signal, write = false } = call;
  const results = new Array<Result | KafkaError>(items.length);
  const backoff = cluster.backoff(call.patienceMs);
  const limited = { ...call, chunk: cluster.batchSize(call.chunk) };
  let open = items.map((item, place) => ({ item, place }));
  while (open.length > 0) {
    const parts = await partsOf(limited, open, results);
    await forEachInFlight(parts, MOST_IN_FLIGHT, async ({ broker, items: asked }) => {
      const answers = await answersOf(call, broker, asked);
      for (const [i, { place }] of asked.entries()) results[place] = answers[i] as Result | KafkaError;
    });
    open = open.filter(({ place }) => isPassing(results[place], write));
    if (open.length === 0 || !(await backoff.again(signal, failuresOf(open, results)))) break;
    await cluster.refreshQuietly(signal);
  }
  return results;
}

function failuresOf<Result>(
  open: readonly { readonly place: number }[],
  results: readonly (Result | KafkaError)[],
): readonly (Result | KafkaError | undefined)[] {
  return open.map(({ place }) => results[place]);
}

/** Requests to make; what cannot be routed gets its error as result. */
async function partsOf<Item, Result>(
  { route, chunk }: FanOut<Item, Result>,
  open: readonly { readonly item: Item; readonly place: number }[],
  results: (Result | KafkaError)[],
): Promise<Part<Item>[]> {
  const routes = await route(open.map(({ item }) => item));
  const parts: Part<Item>[] = [];
  const filling = new Map<Broker, Part<Item>>();
  for (const [i, each] of open.entries()) {
    const broker = routes[i];
    if (broker === undefined || isKafkaError(broker)) {
      results[each.place] = broker ?? new KafkaError('BROKER_NOT_AVAILABLE');
      continue;
    }
    const part = filling.get(broker);
    if (part !== undefined && part.items.length < chunk) {
      part.items.push(each);
      continue;
    }
    const fresh = { broker, items: [each] };
    filling.set(broker, fresh);
    parts.push(fresh);
  }
  return parts;
}

async function answersOf<Item, Result>(
  call: FanOut<Item, Result>,
  broker: Broker,
  asked: Part<Item>['items'],
): Promise<readonly (Result | KafkaError)[]> {
  try {
    return await call.ask(
      broker,
      asked.map(({ item }) => item),
    );
  } catch (error) {
    // A request that the broker does not know at all concerns the call, not its items.
    if (!isKafkaError(error) || error.code === 'Unsupported') throw error;
    return asked.map(() => error);
  }
}

/** A change of many objects that the controller makes. */
export interface ControllerWrite<Item> extends Pick<FanOut<Item, Outcome>, 'items' | 'chunk' | 'signal'> {
  /** An outcome per item; `sending` is what a request about all of them is sent with. */
  ask(broker: Broker, items: readonly Item[], sending: SendOptions): Promise<readonly Outcome[]>;
}

/** As {@link fanOut}, of the broker that takes what the controller is asked. */
export function writeByController<Item>(
  cluster: Cluster,
  { items, chunk, signal, ask }: ControllerWrite<Item>,
): Promise<readonly Outcome[]> {
  return fanOut<Item, Outcome>(cluster, {
    items,
    chunk,
    async route(open) {
      const broker = reachable(() => cluster.controller());
      return open.map(() => broker);
    },
    ask: (broker, asked) => ask(broker, asked, { signal, objects: asked.length, write: true }),
    write: true,
    signal,
  });
}

/** Routes every item to the broker of that id. */
export function toOne<Item>(cluster: Cluster, id: number): FanOut<Item, never>['route'] {
  return async (items) => {
    const broker = reachable(() => cluster.broker(id));
    return items.map(() => broker);
  };
}

/** Spreads items evenly over the brokers, in runs of at least `least` so that few requests are made. */
export function toAny<Item>(cluster: Cluster, least: number): FanOut<Item, never>['route'] {
  return async (items) => {
    const brokers = cluster.brokers();
    const run = Math.max(least, Math.ceil(items.length / Math.max(1, brokers.length)));
    return items.map(
      (_, i) =>
        brokers[Math.floor(i / run)] ??
        new KafkaError('BROKER_NOT_AVAILABLE', { message: 'no broker is up' }),
    );
  };
}

/** The broker, or the error that it is not there. */
export function reachable(find: () => Broker): Broker | KafkaError {
  try {
    return find();
  } catch (error) {
    if (isKafkaError(error)) return error;
    throw error;
  }
}
