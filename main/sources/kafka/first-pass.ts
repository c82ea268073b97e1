import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { TopicDescription } from '../../protocols/kafka/index.ts';
import { GROUP, OFFSETS, TOPIC, USER } from './content.ts';
import type { Branch } from './keys.ts';

/** What the first pass of a capture wrote, as far as the second look needs it. */
export class FirstPass {
  /** By branch and then key, both as JSON: the content as JSON; of topics only what a listing shows. */
  readonly #contents = new Map<string, Map<string, string>>();
  /** Topics that each group has offsets for. */
  readonly groups = new Map<string, string[]>();
  /** SCRAM users whose verifiers nobody tells. */
  withoutVerifier = 0;
  internalTopics = 0;

  add({ kind, key, content, observed }: Entry): void {
    const [branch = '', name = ''] = key;
    if (kind === GROUP) this.groups.set(name, []);
    if (kind === OFFSETS) this.groups.get(name)?.push(key[2] ?? '');
    if (kind === GROUP || kind === OFFSETS) return;
    if (kind === USER && content.storedKey === undefined) this.withoutVerifier++;
    if (kind === TOPIC && observed.internal === true) this.internalTopics++;
    const contents = this.#contents.get(branch) ?? new Map<string, string>();
    this.#contents.set(branch, contents);
    contents.set(keyText(key), kind === TOPIC ? listedTopic(content) : JSON.stringify(content));
  }

  /** What was written of a branch, by key as JSON. */
  of(branch: Branch): ReadonlyMap<string, string> {
    return this.#contents.get(branch) ?? new Map();
  }
}

/** A key as a member of a map. */
export function keyText(key: Key): string {
  return JSON.stringify(key);
}

/** What a listing shows of a topic: enough to tell that it was made anew, grew or moved. */
export function topicFingerprint({ id, partitions }: TopicDescription): string {
  return JSON.stringify([id, partitions.map(({ replicas }) => replicas)]);
}

function listedTopic({ id, replicas }: JsonObject): string {
  return JSON.stringify([id, replicas]);
}
