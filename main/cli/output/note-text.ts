import type { Language } from '../../../shared/errors/text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { SourceDriver } from '../../sources/contract.ts';

/** Puts a source's notes, what does not come back exactly, into lines for a person. */
export type NoteLines = (source: string, notes: readonly FidelityNote[]) => string;

/** In the reader's language as far as the source has it, else in English. */
export function noteLines(drivers: readonly SourceDriver[], language: Language): NoteLines {
  return (source, notes) => {
    const driver = drivers.find(({ id }) => id === source);
    const words = (note: FidelityNote) =>
      (language === 'zh' ? driver?.chineseNote?.(note) : undefined) ?? note.text;
    return notes
      .map((note) => `  ${note.fidelity} ${printable(note.kind)}: ${printable(words(note))}\n`)
      .join('');
  };
}
