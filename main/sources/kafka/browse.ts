import type { Entry } from '../../../shared/model/entry.ts';
import { compareUtf8, isWithin, type Key } from '../../../shared/order/key.ts';
import type { ChildPage, ChildSummary, PageRequest } from '../contract.ts';
import type { KafkaAccess } from './access.ts';
import { isUnknownKind } from './faults.ts';
import { BRANCHES, type Branch } from './keys.ts';
import { READERS } from './read/branches.ts';
import { groupEntries, selectedGroups } from './read/groups.ts';
import { topicEntries } from './read/topics.ts';
import { Reading } from './reading.ts';
import { kafkaSelection, scopeOf } from './selection.ts';

const EVERYTHING = scopeOf(kafkaSelection.parse({}));

/** Live browsing: what a look at one place needs is asked for, no more. */
export class Browser {
  readonly #access: KafkaAccess;

  constructor(access: KafkaAccess) {
    this.#access = access;
  }

  async children(key: Key, page: PageRequest, signal?: AbortSignal): Promise<ChildPage> {
    const all = key.length === 0 ? BRANCHES.map(branchSummary) : await this.#below(key, signal);
    const { after, offset = 0 } = page;
    const rest =
      after === undefined ? all.slice(offset) : all.filter(({ name }) => compareUtf8(name, after) > 0);
    const children = rest.slice(0, page.limit);
    const last = children.at(-1);
    const more = last !== undefined && rest.length > children.length;
    return { children, total: all.length, ...(more ? { next: last.name } : {}) };
  }

  async entry(key: Key, signal?: AbortSignal): Promise<Entry | undefined> {
    const entries = await this.#near(key, signal);
    const text = JSON.stringify(key);
    return entries.find((entry) => JSON.stringify(entry.key) === text);
  }

  /** Names one component below the key, in UTF-8 order. */
  async #below(key: Key, signal: AbortSignal | undefined): Promise<readonly ChildSummary[]> {
    const [branch] = key;
    const reading = this.#reading(signal);
    if (key.length === 1 && branch === 'topics') {
      const topics = await reading.topics();
      return topics.map(({ name, partitions, internal }) => ({
        name,
        kind: READERS.topics.kind,
        hasChildren: false,
        detail: { partitions: partitions.length, internal },
      }));
    }
    if (key.length === 1 && branch === 'groups') {
      const groups = await selectedGroups(reading);
      return groups.map(({ id, type, state }) => ({
        name: id,
        kind: READERS.groups.kind,
        detail: { type, state },
      }));
    }
    return namesBelow(await this.#near(key, signal), key);
  }

  /** Entries at or below the key, perhaps more of its branch; none where the cluster knows no such thing. */
  async #near(key: Key, signal: AbortSignal | undefined): Promise<readonly Entry[]> {
    const [branch, name] = key;
    if (!isBranch(branch)) return [];
    const reading = this.#reading(signal);
    try {
      if (branch === 'topics' && name !== undefined) return await this.#topic(reading, name);
      if (branch === 'groups' && name !== undefined) return await this.#group(reading, name);
      return await collected(READERS[branch].read(reading));
    } catch (error) {
      if (isUnknownKind(error)) return [];
      throw error;
    }
  }

  async #topic(reading: Reading, name: string): Promise<readonly Entry[]> {
    const topics = await this.#access.client.describeTopics([name], { signal: reading.signal });
    return collected(topicEntries(reading, topics));
  }

  async #group(reading: Reading, name: string): Promise<readonly Entry[]> {
    const groups = await selectedGroups(reading);
    return collected(
      groupEntries(
        reading,
        groups.filter(({ id }) => id === name),
      ),
    );
  }

  #reading(signal: AbortSignal | undefined): Reading {
    return new Reading(this.#access, EVERYTHING, signal, ({ error }) => {
      throw error;
    });
  }
}

function branchSummary(name: Branch): ChildSummary {
  return { name, hasChildren: true };
}

function isBranch(name: string | undefined): name is Branch {
  return BRANCHES.some((branch) => branch === name);
}

function namesBelow(entries: readonly Entry[], key: Key): ChildSummary[] {
  const children = new Map<string, ChildSummary>();
  for (const { key: found, kind } of entries) {
    const name = found[key.length];
    if (name === undefined || !isWithin(found, key)) continue;
    const leaf = found.length === key.length + 1;
    const known = children.get(name);
    if (known === undefined)
      children.set(name, leaf ? { name, kind, hasChildren: false } : { name, hasChildren: true });
    else if (!leaf) children.set(name, { ...known, hasChildren: true });
  }
  return [...children.values()].sort((a, b) => compareUtf8(a.name, b.name));
}

async function collected(batches: AsyncIterable<readonly Entry[]>): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const batch of batches) entries.push(...batch);
  return entries;
}
