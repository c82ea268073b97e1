import type { Entry } from '../../../shared/model/entry.ts';
import { isWithin, type Key } from '../../../shared/order/key.ts';
import type { BrokerDescription, GroupListing, TopicDescription } from '../../protocols/kafka/index.ts';
import type { KafkaAccess } from './access.ts';
import type { ReadError } from './faults.ts';
import type { Branch } from './keys.ts';
import type { Scope } from './selection.ts';

/** Something that was selected and could not be read. */
export interface Problem {
  readonly branch: Branch;
  /** The kind of object that is missing. */
  readonly kind: string;
  /** The one object, where it is not the whole branch. */
  readonly name?: string;
  readonly error: ReadError;
}

/** One pass over a cluster: what is to be read, and what its parts share. */
export class Reading {
  readonly access: KafkaAccess;
  readonly scope: Scope;
  readonly signal: AbortSignal | undefined;
  /** Takes what cannot be read: it is told, and this pass does not vouch for the branch any more. May throw. */
  readonly problem: (problem: Problem) => void;
  /** By key as JSON. */
  readonly #doubts = new Map<string, Key>();
  #topics: Promise<readonly TopicDescription[]> | undefined;
  #groups: Promise<readonly GroupListing[]> | undefined;
  #brokers: Promise<readonly BrokerDescription[]> | undefined;

  constructor(
    access: KafkaAccess,
    scope: Scope,
    signal: AbortSignal | undefined,
    tell: (problem: Problem) => void,
  ) {
    this.access = access;
    this.scope = scope;
    this.signal = signal;
    this.problem = (problem) => {
      this.doubt([problem.branch]);
      tell(problem);
    };
  }

  /** What this pass does not see there and below may be there all the same. */
  doubt(key: Key): void {
    this.#doubts.set(JSON.stringify(key), key);
  }

  /** True when what this pass does not see at the key is not there. */
  vouchesFor(key: Key): boolean {
    return ![...this.#doubts.values()].some((doubted) => isWithin(key, doubted));
  }

  /** The brokers that are up, by id; asked for once. */
  brokers(): Promise<readonly BrokerDescription[]> {
    const { access, signal } = this;
    this.#brokers ??= access.client.describeCluster({ signal }).then(({ brokers }) => brokers);
    return this.#brokers;
  }

  /** All topics that the account may see, selected or not; asked for once. By name. */
  allTopics(): Promise<readonly TopicDescription[]> {
    this.#topics ??= this.access.client.describeTopics(undefined, { signal: this.signal });
    return this.#topics;
  }

  /** All groups that the account may see, selected or not; asked for once. By id. */
  allGroups(): Promise<readonly GroupListing[]> {
    this.#groups ??= this.access.client.listGroups({ signal: this.signal });
    return this.#groups;
  }

  /** The topics that are selected, by name. */
  async topics(): Promise<readonly TopicDescription[]> {
    const { topic, internal } = this.scope;
    const all = await this.allTopics();
    return all.filter((each) => topic(each.name) && (internal || !each.internal));
  }
}

/** Reads one branch of the keys, in key order. */
export type BranchReader = (reading: Reading) => AsyncIterable<readonly Entry[]>;
