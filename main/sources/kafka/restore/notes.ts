import { kafkaNotes } from '../../../../shared/messages/kafka-notes.ts';
import {
  type NoteHead,
  noteWriter,
  type ReasonCode,
  type ReasonParams,
  writtenNote,
} from '../../../../shared/messages/notes.ts';
import type { FidelityNote } from '../../../../shared/model/fidelity.ts';

/** Objects named for the same reason before the rest are only counted. */
const MOST_NAMED = 100;

type KafkaNotes = typeof kafkaNotes;
type Code = ReasonCode<KafkaNotes>;

/** Why single objects do not come back, or not as they were. */
export type Reason<C extends Code = Code> = NoteHead<C>;

export interface Finding {
  readonly reason: Reason;
  /** The object, as people know it. */
  readonly name: string;
  readonly params: FidelityNote['params'];
}

/** Left out where the reason has no params. */
type Params<C extends Code> = keyof ReasonParams<KafkaNotes, C> extends never
  ? []
  : [params: ReasonParams<KafkaNotes, C>];

const notes = noteWriter(kafkaNotes);

/** What is the matter with one object. */
export function finding<C extends Code>(reason: Reason<C>, name: string, ...[params]: Params<C>): Finding {
  return { reason, name, params: { ...params } };
}

/** The note about one object. */
export function noteOf({ reason, name, params }: Finding): FidelityNote {
  return writtenNote(kafkaNotes, reason, { ...params, name });
}

/** Passes findings on as notes, of each reason so many, and counts the rest. */
export class NoteLimit {
  readonly #out: (note: FidelityNote) => void;
  readonly #counts = new Map<string, { readonly reason: Reason; total: number }>();

  constructor(out: (note: FidelityNote) => void) {
    this.#out = out;
  }

  add(found: Finding): void {
    const { reason } = found;
    const count = this.#counts.get(reason.code) ?? { reason, total: 0 };
    this.#counts.set(reason.code, count);
    if (count.total++ < MOST_NAMED) this.#out(noteOf(found));
  }

  /** Says how many were not named. */
  finish(): void {
    for (const { reason, total } of this.#counts.values()) {
      if (total > MOST_NAMED) this.#out(notes.rest(reason, total));
    }
  }
}
