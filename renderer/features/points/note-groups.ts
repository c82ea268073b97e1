import type { FidelityNote } from '../../../shared/model/fidelity.ts';

/** Notes with one reason, as they are told together. */
export interface NoteGroup {
  readonly code: string;
  readonly lack: FidelityNote['lack'];
  readonly fidelity: FidelityNote['fidelity'];
  readonly kind: string;
  /** Never empty. */
  readonly texts: readonly string[];
}

const ORDER: readonly FidelityNote['fidelity'][] = ['operator', 'partial', 'equivalent', 'exact'];

/** What is lacking first, then by how much is lost. */
export function groupNotes(notes: readonly FidelityNote[]): readonly NoteGroup[] {
  const groups = Map.groupBy(notes, ({ code, kind, lack }) => JSON.stringify([code, kind, lack ?? null]));
  return [...groups.values()]
    .flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const { code, kind, lack, fidelity } = first;
      return [{ code, kind, lack, fidelity, texts: members.map(({ text }) => text) }];
    })
    .sort(
      (a, b) =>
        Number(b.lack !== undefined) - Number(a.lack !== undefined) ||
        ORDER.indexOf(a.fidelity) - ORDER.indexOf(b.fidelity),
    );
}
