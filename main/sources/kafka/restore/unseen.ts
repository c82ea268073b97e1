import type { Entry } from '../../../../shared/model/entry.ts';
import type { FidelityNote } from '../../../../shared/model/fidelity.ts';
import type { PointView } from '../../contract.ts';
import { CONFIG, GROUP, OFFSETS } from '../content.ts';

/** Codes of a capture's notes on what it could not read. */
const UNREAD = /^(?:denied|unreadable)(?:-more)?$|^unlisted$/;
const HIDDEN = 'hidden';

/**
 * What a capture could not see: that the point does not have it does not mean that it was not there, so that no restore
 * may remove it.
 */
export class Unseen {
  /** Kinds of which anything may have been missed. */
  readonly #kinds = new Set<string>();
  readonly #names = new Set<string>();

  constructor({ notes }: Pick<PointView, 'notes'>) {
    for (const note of notes) this.#learn(note);
  }

  covers({ kind, key }: Pick<Entry, 'kind' | 'key'>): boolean {
    const missed = kind === OFFSETS ? GROUP : kind;
    return this.#kinds.has(missed) || this.#names.has(nameText(missed, key[1] ?? ''));
  }

  #learn({ code, kind, params }: FidelityNote): void {
    if (code === HIDDEN) this.#kinds.add(kind);
    if (!UNREAD.test(code)) return;
    // Configs are named by more than their key: where one could not be read, none of them is removed.
    if (typeof params.name !== 'string' || kind === CONFIG) this.#kinds.add(kind);
    else this.#names.add(nameText(kind, params.name));
  }
}

function nameText(kind: string, name: string): string {
  return `${kind} ${name}`;
}
