import type { Entry } from '../../../../shared/model/entry.ts';
import { CONFIG } from '../content.ts';
import { isDenied, type ReadError } from '../faults.ts';
import type { Problem } from '../reading.ts';
import type { EntryPair } from './entry-pair.ts';
import { type Judgement, nameOf } from './judgement.ts';
import { finding } from './notes.ts';
import { UNREAD } from './reasons.ts';

/**
 * What the account may not read of the cluster that it restores into: that it is not seen does not mean that it is not
 * there, so that it is left as it is. Any other reason for not seeing something ends a plan.
 */
export class Unread {
  readonly #branches = new Map<string, ReadError>();
  readonly #names = new Map<string, ReadError>();

  /** @throws ReadError what is no lack of rights */
  learn({ branch, kind, name, error }: Problem): void {
    if (!isDenied(error)) throw error;
    // Configs are named by more than their key: where one may not be read, none is taken for missing.
    if (name === undefined || kind === CONFIG) this.#branches.set(branch, error);
    else this.#names.set(nameText(branch, name), error);
  }

  /** What there is to say of a pair whose live half may be hidden; undefined where it is not. */
  judge({ left: wanted, right: live }: EntryPair): Judgement | undefined {
    const error = wanted !== undefined && live === undefined ? this.#errorOf(wanted) : undefined;
    if (wanted === undefined || error === undefined) return undefined;
    const reason = { ...UNREAD, kind: wanted.kind };
    const findings = [finding(reason, nameOf(wanted), { problem: error.code })];
    return { steps: [], findings, difference: [] };
  }

  #errorOf({ key: [branch = '', name = ''] }: Entry): ReadError | undefined {
    return this.#branches.get(branch) ?? this.#names.get(nameText(branch, name));
  }
}

function nameText(branch: string, name: string): string {
  return `${branch} ${name}`;
}
