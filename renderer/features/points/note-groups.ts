import type { Text } from '../../../shared/errors/text.ts';
import { groupBy } from '../../../shared/group-by.ts';
import { noteText } from '../../../shared/messages/note-text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

/** Notes with one reason, as they are told together. */
export interface NoteGroup {
  readonly code: string;
  readonly lack: FidelityNote['lack'];
  readonly fidelity: FidelityNote['fidelity'];
  readonly kind: string;
  /** Never empty. */
  readonly texts: readonly Text[];
}

const ORDER: readonly FidelityNote['fidelity'][] = ['operator', 'partial', 'equivalent', 'exact'];

/** What is lacking first, then by how much is lost. `source`: the kind of source that wrote the notes. */
export function groupNotes(source: string, notes: readonly FidelityNote[]): readonly NoteGroup[] {
  const groups = groupBy(notes, ({ code, kind, lack }) => JSON.stringify([code, kind, lack ?? null]));
  return [...groups.values()]
    .flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const { code, kind, lack, fidelity } = first;
      return [{ code, kind, lack, fidelity, texts: members.map((note) => noteText(source, note)) }];
    })
    .sort(
      (a, b) =>
        Number(b.lack !== undefined) - Number(a.lack !== undefined) ||
        ORDER.indexOf(a.fidelity) - ORDER.indexOf(b.fidelity),
    );
}
