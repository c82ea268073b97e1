import type { Fidelity, FidelityNote } from '../../../../shared/model/fidelity.ts';

/** Objects named for the same reason before the rest are only counted. */
const MOST_NAMED = 100;

/** Why single objects do not come back, or not as they were. */
export interface Reason {
  readonly code: string;
  readonly fidelity: Fidelity;
  readonly kind: string;
  /** As it follows the object's name; `{…}` stand for the note's params. */
  readonly text: string;
  /** The same in Chinese. */
  readonly zh: string;
}

export interface Finding {
  readonly reason: Reason;
  /** The object, as people know it. */
  readonly name: string;
  readonly params?: FidelityNote['params'];
}

/** The note about one object. */
export function noteOf({ reason, name, params = {} }: Finding): FidelityNote {
  const { code, fidelity, kind, text } = reason;
  const filled = text.replace(/\{(\w+)\}/g, (_, param: string) => String(params[param] ?? ''));
  return { fidelity, kind, code, text: `${name}: ${filled}`, params: { ...params, name } };
}

/** Passes findings on as notes, of each reason so many, and counts the rest. */
export class NoteLimit {
  readonly #out: (note: FidelityNote) => void;
  readonly #counts = new Map<string, { readonly reason: Reason; total: number }>();

  constructor(out: (note: FidelityNote) => void) {
    this.#out = out;
  }

  add(finding: Finding): void {
    const { reason } = finding;
    const count = this.#counts.get(reason.code) ?? { reason, total: 0 };
    this.#counts.set(reason.code, count);
    if (count.total++ < MOST_NAMED) this.#out(noteOf(finding));
  }

  /** Says how many were not named. */
  finish(): void {
    for (const { reason, total } of this.#counts.values()) {
      if (total > MOST_NAMED) this.#out(restNote(reason, total));
    }
  }
}

function restNote({ code, fidelity, kind, text }: Reason, total: number): FidelityNote {
  const general = text.replace(/\{\w+\}/g, '…');
  const more = `${total - MOST_NAMED} more of kind ${kind}: ${general}`;
  return { fidelity, kind, code: `${code}-more`, text: more, params: { total } };
}
