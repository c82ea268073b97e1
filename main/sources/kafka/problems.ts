import { kafkaNotes } from '../../../shared/messages/kafka-notes.ts';
import { type NoteHead, noteWriter } from '../../../shared/messages/notes.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { GROUP } from './content.ts';
import { isDenied, type ReadError } from './faults.ts';
import type { Branch } from './keys.ts';
import type { Problem } from './reading.ts';

/** Objects of one kind that are named when they could not be read for the same reason. */
const MOST_NAMED = 100;

const writer = noteWriter(kafkaNotes);

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
  return writer.sentence(
    { code: 'unlisted', fidelity: 'partial', kind: GROUP },
    { partitions: partitions.join(', ') },
  );
}

function laterNote({ branch, kind, error }: Problem): FidelityNote {
  return writer.about(
    { code: 'not-seen-again', fidelity: 'partial', kind },
    { branch },
    { problem: error.code },
  );
}

function wholeNote({ branch, kind, error }: Problem): FidelityNote {
  return writer.about(headOf(kind, error), { branch }, { problem: error.code });
}

function singleNotes({ kind, error, names, total }: Group): FidelityNote[] {
  const head = headOf(kind, error);
  const notes = names.map((name) => writer.about(head, { name }, { problem: error.code }));
  return total === names.length ? notes : [...notes, writer.rest(head, total)];
}

function headOf(kind: string, error: ReadError): NoteHead<'denied' | 'unreadable'> {
  return { code: isDenied(error) ? 'denied' : 'unreadable', fidelity: 'partial', kind };
}
