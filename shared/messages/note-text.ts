import { sameInBoth, type Text } from '../errors/text.ts';
import type { FidelityNote } from '../model/fidelity.ts';
import { kafkaNotes } from './kafka-notes.ts';
import { type NoteTable, textByTable } from './notes.ts';
import { zookeeperNotes } from './zookeeper-notes.ts';

/** The notes of each kind of source, by its id. */
export const NOTE_TABLES: { readonly [source: string]: NoteTable } = {
  kafka: kafkaNotes,
  zookeeper: zookeeperNotes,
};

/**
 * What a note says, in both languages. A note that this version does not know reads as it was written, in English.
 *
 * @param source id of the kind of source that wrote it
 */
export function noteText(source: string, note: FidelityNote): Text {
  const table = Object.hasOwn(NOTE_TABLES, source) ? NOTE_TABLES[source] : undefined;
  return table === undefined ? sameInBoth(note.text) : textByTable(table, note);
}
