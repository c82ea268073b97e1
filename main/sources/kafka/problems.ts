import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { GROUP } from './content.ts';
import { isDenied, type ReadError } from './faults.ts';
import type { Branch } from './keys.ts';
import type { Problem } from './reading.ts';

/** Objects of one kind that are named when they could not be read for the same reason. */
const MOST_NAMED = 100;

interface Group {
  readonly kind: string;
  readonly error: ReadError;
  readonly names: string[];
  total: number;
}

/** What a capture could not read, gathered by kind and reason. */
export class Problems {
  readonly #whole = new Map<Branch, Problem>();
  /** Branches that the second look could not see. */
  readonly #later = new Map<Branch, Problem>();
  #unlisted: readonly number[] = [];
  readonly #single = new Map<string, Group>();
  readonly #seen = new Set<string>();

  /** The same object with the same problem counts once. */
  add(problem: Problem): void {
    const { branch, kind, name, error } = problem;
    if (name === undefined) {
      this.#whole.set(branch, problem);
      return;
    }
    const identity = JSON.stringify([kind, name]);
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    const reason = `${kind} ${error.code}`;
    const group = this.#single.get(reason) ?? { kind, error, names: [], total: 0 };
    this.#single.set(reason, group);
    group.total++;
    if (group.names.length < MOST_NAMED) group.names.push(name);
  }

  /**
   * Of the second look. A topic or group of which the first pass did not tell counts as above; of anything else, what the
   * first pass saw is there all the same.
   */
  addLater(problem: Problem): void {
    const { branch, kind, name } = problem;
    if (name !== undefined && this.has(kind, name)) return;
    if (name !== undefined && (branch === 'topics' || branch === 'groups')) this.add(problem);
    else if (!this.#later.has(branch)) this.#later.set(branch, problem);
  }

  /** Partitions of the coordinators' topic without a leader: nobody knows which groups are missing. */
  unlisted(partitions: readonly number[]): void {
    this.#unlisted = partitions;
  }

  /** True when the branch could not be read at all. */
  stopped(branch: Branch): boolean {
    return this.#whole.has(branch);
  }

  /** True when this object could not be read. */
  has(kind: string, name: string): boolean {
    return this.#seen.has(JSON.stringify([kind, name]));
  }

  /** What is missing. */
  notes(): FidelityNote[] {
    return [
      ...[...this.#whole.values()].map(wholeNote),
      ...[...this.#single.values()].flatMap(singleNotes),
      ...(this.#unlisted.length > 0 ? [unlistedNote(this.#unlisted)] : []),
    ];
  }

  /** What is there as the first pass saw it, and was not seen again. */
  *unconfirmed(): Generator<FidelityNote> {
    for (const problem of this.#later.values()) yield laterNote(problem);
  }
}

function unlistedNote(partitions: readonly number[]): FidelityNote {
  return {
    fidelity: 'partial',
    kind: GROUP,
    code: 'unlisted',
    text: `Groups may be missing: partitions ${partitions.join(', ')} of __consumer_offsets, which keep them, have no leader.`,
    params: { partitions: partitions.join(', ') },
  };
}

function laterNote({ branch, kind, error }: Problem): FidelityNote {
  return {
    fidelity: 'partial',
    kind,
    code: 'not-seen-again',
    text: `${branch}: as first read; a second look at what changed meanwhile was not possible (${error.code})`,
    params: { branch, problem: error.message },
  };
}

function wholeNote({ branch, kind, error }: Problem): FidelityNote {
  const [code, why] = reasonOf(error);
  return {
    fidelity: 'partial',
    kind,
    code,
    text: `${branch}: ${why} (${error.code})`,
    params: { branch, problem: error.message },
  };
}

function singleNotes({ kind, error, names, total }: Group): FidelityNote[] {
  const [code, why] = reasonOf(error);
  const notes = names.map((name): FidelityNote => {
    const text = `${name}: ${why} (${error.code})`;
    return { fidelity: 'partial', kind, code, text, params: { name, problem: error.message } };
  });
  if (total === names.length) return notes;
  const text = `${total - names.length} more of kind ${kind}: ${why} (${error.code})`;
  return [...notes, { fidelity: 'partial', kind, code: `${code}-more`, text, params: { total } }];
}

function reasonOf(error: ReadError): readonly [code: string, why: string] {
  return isDenied(error)
    ? ['denied', 'the account may not read this']
    : ['unreadable', 'the cluster does not tell'];
}
