import type { Fidelity, FidelityNote } from '../../../shared/model/fidelity.ts';

/** Notes of one fidelity: what somebody has to do by hand stands first. */
export interface NoteGroup {
  readonly fidelity: Fidelity;
  /** Never empty. */
  readonly notes: readonly FidelityNote[];
}

const ORDER: readonly Fidelity[] = ['operator', 'partial', 'equivalent', 'exact'];

export function groupNotes(notes: readonly FidelityNote[]): readonly NoteGroup[] {
  return ORDER.map((fidelity) => ({
    fidelity,
    notes: notes.filter((note) => note.fidelity === fidelity),
  })).filter((group) => group.notes.length > 0);
}
