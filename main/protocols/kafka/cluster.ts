import { metadataV9, metadataV10, metadataV11 } from '@platformatic/kafka';
import { untilAborted } from '../../../shared/abort.ts';
import { Broker, type BrokerSettings, type SendOptions } from './broker.ts';
import { KafkaError } from './errors.ts';
import { type Request, request } from './request.ts';
import { Backoff, isPassing } from './retry.ts';
import type { BrokerDescription, ClusterDescription, ServerAddress } from './types.ts';

/** Says who the brokers are, and which of them takes what the controller is asked, when it is asked for no topics. */
const brokersRequest = request<
  [topics: [], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false],
  Awaited<ReturnType<typeof metadataV11.api.async>>
>('metadata', metadataV11.api, metadataV10.api, metadataV9.api);

/** The rest of the time is for the way there and back. */
const ANSWER_SHARE = 0.8;

export interface AskOptions<Reply> extends SendOptions {
  /** Throws what the reply says went wrong, so that it is asked again where that may pass. */
  readonly accept?: (reply: Reply) => void;
}

export interface ClusterSettings extends BrokerSettings {
  readonly bootstrap: readonly ServerAddress[];
  readonly patienceMs: number;
  readonly random: () => number;
}

/** The brokers of a cluster, and whom to ask. */
export class Cluster {
  readonly #settings: ClusterSettings;
  readonly #links = new Map<string, Broker>();
  readonly #ended = new AbortController();
  #known: ClusterDescription;
  #refreshing: Promise<ClusterDescription> | undefined;
  #turn: number;
  /** Counted apart: of two brokers, the looks in between would have every try go to the same one. */
  #looks = 0;

  private constructor(settings: ClusterSettings) {
    this.#settings = settings;
    this.#known = { clusterId: '', controllerId: -1, brokers: [] };
    this.#turn = Math.floor(settings.random() * 1000);
  }

  /**
   * Tries the bootstrap servers one after the other until one tells the cluster.
   * @throws KafkaError naming why none does
   */
  static async open(settings: ClusterSettings, signal?: AbortSignal): Promise<Cluster> {
    const cluster = new Cluster(settings);
    try {
      await cluster.refresh(signal);
      return cluster;
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  /** As last seen. */
  get known(): ClusterDescription {
    return this.#known;
  }

  /** @param patienceMs at most this long, where a call cannot expect much from waiting */
  backoff(patienceMs = this.#settings.patienceMs): Backoff {
    return new Backoff(Math.min(patienceMs, this.#settings.patienceMs), this.#settings.random);
  }

  /** What a broker may take for a request before it has to answer, ms: less than this client waits for it. */
  get answerMs(): number {
    return Math.floor(this.#settings.requestTimeoutMs * ANSWER_SHARE);
  }

  /** Objects for one request: as many as `wished` unless the load limits allow fewer. */
  batchSize(wished: number): number {
    return this.#settings.pace.batchSize(wished);
  }

  /** Brokers in turn, each call beginning with the next one. */
  brokers(): readonly Broker[] {
    return this.#brokersFrom(this.#turn++);
  }

  #brokersFrom(turn: number): readonly Broker[] {
    const links = this.#known.brokers.map((broker) => this.#link(broker));
    const start = turn % Math.max(1, links.length);
    return [...links.slice(start), ...links.slice(0, start)];
  }

  /** @throws KafkaError `BROKER_NOT_AVAILABLE` when the cluster has no such broker now. */
  broker(id: number): Broker {
    const found = this.#known.brokers.find((broker) => broker.id === id);
    if (found !== undefined) return this.#link(found);
    throw new KafkaError('BROKER_NOT_AVAILABLE', { subject: `broker ${id}` });
  }

  controller(): Broker {
    return this.broker(this.#known.controllerId);
  }

  /** Sends a read to any broker, another one each time it fails, within the client's patience. */
  async ask<Arguments extends unknown[], Reply>(
    what: Request<Arguments, Reply>,
    values: Arguments,
    { accept, ...options }: AskOptions<Reply> = {},
  ): Promise<Reply> {
    return this.trying(options.signal, false, async () => {
      const [broker] = this.brokers();
      if (broker === undefined) throw new KafkaError('BROKER_NOT_AVAILABLE', { subject: what.name });
      const reply = await broker.send(what, values, options);
      accept?.(reply);
      return reply;
    });
  }

  /** Does something again while it fails for a passing reason, looking for the brokers anew in between. */
  async trying<T>(signal: AbortSignal | undefined, write: boolean, work: () => Promise<T>): Promise<T> {
    const backoff = this.backoff();
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error, write) || !(await backoff.again(signal, [error]))) throw error;
        await this.refreshQuietly(signal);
      }
    }
  }

  /** Asks who the brokers are: those known first, then the bootstrap servers. */
  async refresh(signal?: AbortSignal): Promise<ClusterDescription> {
    // Whoever asked first may stop waiting while others still do.
    this.#refreshing ??= this.#look(this.#ended.signal).finally(() => {
      this.#refreshing = undefined;
    });
    return untilAborted(this.#refreshing, signal);
  }

  /** A failure is left for the next request to find. */
  async refreshQuietly(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.refresh(signal);
    } catch {
      signal?.throwIfAborted();
    }
  }

  async close(): Promise<void> {
    this.#ended.abort(new KafkaError('Closed'));
    await Promise.all([...this.#links.values()].map((link) => link.close()));
    this.#links.clear();
  }

  async #look(signal: AbortSignal): Promise<ClusterDescription> {
    const failures: KafkaError[] = [];
    const known = this.#brokersFrom(this.#looks++);
    for (const broker of [...known, ...this.#settings.bootstrap.map((at) => this.#link(at))]) {
      signal.throwIfAborted();
      try {
        const reply = await broker.send(brokersRequest, [[], false, false], { signal });
        return await this.#learn(reply);
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        failures.push(error);
      }
    }
    throw worst(failures);
  }

  async #learn(
    reply: Awaited<ReturnType<(typeof metadataV11)['api']['async']>>,
  ): Promise<ClusterDescription> {
    const brokers = reply.brokers.map(({ nodeId, host, port, rack }) => ({
      id: nodeId,
      host,
      port,
      rack: rack ?? null,
    }));
    this.#known = {
      clusterId: reply.clusterId ?? '',
      controllerId: reply.controllerId,
      brokers: brokers.sort((a, b) => a.id - b.id),
    };
    await this.#forgetOthers(this.#known.brokers);
    return this.#known;
  }

  async #forgetOthers(brokers: readonly BrokerDescription[]): Promise<void> {
    if (brokers.length === 0) return;
    const kept = new Set([...brokers, ...this.#settings.bootstrap].map(addressText));
    const gone = [...this.#links].filter(([address]) => !kept.has(address));
    for (const [address] of gone) this.#links.delete(address);
    await Promise.all(gone.map(([, link]) => link.close()));
  }

  #link(address: ServerAddress): Broker {
    const text = addressText(address);
    const link =
      this.#links.get(text) ?? new Broker({ host: address.host, port: address.port }, this.#settings);
    this.#links.set(text, link);
    return link;
  }
}

function addressText({ host, port }: ServerAddress): string {
  return `${host}:${port}`;
}

/** A refused sign-in says more than a server that does not answer; else all failures are told. */
function worst(failures: readonly KafkaError[]): KafkaError {
  const telling = failures.find(({ code }) => code === 'SignInFailed' || code === 'TlsFailed');
  const [first] = failures;
  if (telling !== undefined) return telling;
  if (first === undefined) return new KafkaError('Unreachable', { message: 'no servers are given' });
  if (failures.length === 1) return first;
  const message = failures.map((failure) => failure.message).join('; ');
  return new KafkaError(first.code, { message, cause: first });
}
