import type { Entry, JsonObject } from '../../../shared/model/entry.ts';
import { GROUP, OFFSETS, TOPIC, USER } from './content.ts';
import { type Branch, keyText } from './keys.ts';

/** What the first pass of a capture wrote, as far as the second look needs it. */
export class FirstPass {
  /** Of the branches without a member of their own here, by branch and then key as JSON: the content as JSON. */
  readonly #contents = new Map<string, Map<string, string>>();
  /** Contents by name. They share what they hold with the pass's list of topics. */
  readonly topics = new Map<string, JsonObject>();
  /** Topics that each group has offsets for. */
  readonly groups = new Map<string, string[]>();
  /** SCRAM users whose verifiers nobody tells. */
  withoutVerifier = 0;
  internalTopics = 0;

  add({ kind, key, content, observed }: Entry): void {
    const [branch = '', name = ''] = key;
    switch (kind) {
      case TOPIC:
        this.topics.set(name, content);
        if (observed.internal === true) this.internalTopics++;
        return;
      case GROUP:
        this.groups.set(name, []);
        return;
      case OFFSETS:
        this.groups.get(name)?.push(key[2] ?? '');
        return;
      default:
        if (kind === USER && content.storedKey === undefined) this.withoutVerifier++;
        this.#small(branch).set(keyText(key), JSON.stringify(content));
    }
  }

  /** What was written of a branch other than topics and groups, by key as JSON. */
  of(branch: Branch): ReadonlyMap<string, string> {
    return this.#contents.get(branch) ?? new Map();
  }

  /** How much was written of a branch. */
  size(branch: Branch): number {
    if (branch === 'topics') return this.topics.size;
    if (branch === 'groups') return this.groups.size;
    return this.of(branch).size;
  }

  #small(branch: string): Map<string, string> {
    const contents = this.#contents.get(branch) ?? new Map<string, string>();
    this.#contents.set(branch, contents);
    return contents;
  }
}
