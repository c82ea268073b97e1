import type { Fidelity, FidelityNote } from '../../../shared/model/fidelity.ts';
import { ZNODE } from './content.ts';
import { MOST_NAMED, type PathList } from './path-list.ts';

/** A reason for notes about single nodes. */
export interface Reason {
  readonly code: string;
  readonly fidelity: Fidelity;
  /** What is the matter, as it follows a path: `/a: …`. */
  readonly text: string;
  readonly kind?: string;
}

/** The note about one node. */
export function noteOf({ code, fidelity, text, kind = ZNODE }: Reason, path: string): FidelityNote {
  return { fidelity, kind, code, text: `${path}: ${text}`, params: { path } };
}

/** One note for each of the named paths, and one for the rest. */
export function notesFor(reason: Reason, paths: PathList): FidelityNote[] {
  const notes = paths.named.map((path) => noteOf(reason, path));
  if (paths.total > notes.length) notes.push(restNote(reason, paths.total));
  return notes;
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
      if (total > MOST_NAMED) this.#out(restNote(reason, total));
  }
}

function restNote({ code, fidelity, text, kind = ZNODE }: Reason, total: number): FidelityNote {
  const more = total - MOST_NAMED;
  return { fidelity, kind, code: `${code}-more`, text: `${more} more nodes: ${text}`, params: { total } };
}
