import type { Entry } from '../../../shared/model/entry.ts';
import type { KafkaError, TopicDescription } from '../../protocols/kafka/index.ts';
import type { KafkaAccess } from './access.ts';
import type { Branch } from './keys.ts';
import type { Scope } from './selection.ts';

/** Something that was selected and could not be read. */
export interface Problem {
  readonly branch: Branch;
  /** The kind of object that is missing. */
  readonly kind: string;
  /** The one object, where it is not the whole branch. */
  readonly name?: string;
  readonly error: KafkaError;
}

/** One pass over a cluster: what is to be read, and what its parts share. */
export class Reading {
  readonly access: KafkaAccess;
  readonly scope: Scope;
  readonly signal: AbortSignal | undefined;
  /** Told of what cannot be read; may throw. */
  readonly problem: (problem: Problem) => void;
  #topics: Promise<readonly TopicDescription[]> | undefined;

  constructor(
    access: KafkaAccess,
    scope: Scope,
    signal: AbortSignal | undefined,
    problem: (problem: Problem) => void,
  ) {
    this.access = access;
    this.scope = scope;
    this.signal = signal;
    this.problem = problem;
  }

  /** All topics that the account may see, selected or not; asked for once. By name. */
  allTopics(): Promise<readonly TopicDescription[]> {
    this.#topics ??= this.access.client.describeTopics(undefined, { signal: this.signal });
    return this.#topics;
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
