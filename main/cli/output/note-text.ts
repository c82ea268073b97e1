import { noteText } from '../../../shared/messages/note-text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Output } from './output.ts';

/** Puts notes of a kind of source, what does not come back exactly, into lines for a person. */
export function noteLines(source: string, notes: readonly FidelityNote[], output: Output): string {
  const { language } = output.options;
  return notes
    .map((note) => {
      const text = printable(noteText(source, note)[language]);
      return `  ${note.fidelity} ${printable(note.kind)}: ${text}\n`;
    })
    .join('');
}
