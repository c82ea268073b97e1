import { type NoteHead, noteWriter, type ReasonCode } from '../../../shared/messages/notes.ts';
import { zookeeperNotes } from '../../../shared/messages/zookeeper-notes.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { MOST_NAMED, type PathList } from './path-list.ts';

/** A reason for notes about single nodes. */
export type Reason = NoteHead<ReasonCode<typeof zookeeperNotes>>;

/** Writes the notes of this source. */
export const notes = noteWriter(zookeeperNotes);

/** The note about one node. */
export function noteOf(reason: Reason, path: string): FidelityNote {
  return notes.about(reason, { path }, {});
}

/** One note for each of the named paths, and one for the rest. */
export function notesFor(reason: Reason, paths: PathList): FidelityNote[] {
  const named = paths.named.map((path) => noteOf(reason, path));
  if (paths.total > named.length) named.push(notes.rest(reason, paths.total));
  return named;
}

/** Passes on notes about single nodes, of each reason the first thousand. */
export class NoteLimit {
  readonly #out: (note: FidelityNote) => void;
  readonly #counts = new Map<string, { readonly reason: Reason; total: number }>();

  constructor(out: (note: FidelityNote) => void) {
    this.#out = out;
  }

  add(reason: Reason, path: string): void {
    const count = this.#counts.get(reason.code) ?? { reason, total: 0 };
    this.#counts.set(reason.code, count);
    if (count.total++ < MOST_NAMED) this.#out(noteOf(reason, path));
  }

  /** Says how many were not named. */
  finish(): void {
    for (const { reason, total } of this.#counts.values())
      if (total > MOST_NAMED) this.#out(notes.rest(reason, total));
  }
}
