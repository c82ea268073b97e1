import { expect, it } from 'vitest';
import { chineseNote } from '../../../main/sources/kafka/chinese-notes.ts';
import { NoteLimit, noteOf, type Reason } from '../../../main/sources/kafka/restore/notes.ts';
import * as reasons from '../../../main/sources/kafka/restore/reasons.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

const all: readonly Reason[] = Object.values(reasons).map((reason) => ({ kind: 'topic', ...reason }));

function places(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

it.each(all)('$code is told in both languages with all that it names', (reason) => {
  expect(places(reason.zh)).toEqual(places(reason.text));
  const params = Object.fromEntries(places(reason.text).map((name) => [name, `<${name}>`]));
  const note = noteOf({ reason, name: 'orders', params });
  for (const text of [note.text, chineseNote(note) ?? '']) {
    expect(text).toMatch(/^orders/);
    for (const value of Object.values(params)) expect(text).toContain(value);
    expect(text).not.toMatch(/[{}]/);
  }
  expect(chineseNote(note)).toMatch(/\p{Script=Han}/u);
});

it('has no code twice', () => {
  const codes = all.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('names a hundred objects for each reason and counts the rest', () => {
  const notes: FidelityNote[] = [];
  const limit = new NoteLimit((note) => notes.push(note));
  for (let i = 0; i < 103; i++) limit.add({ reason: reasons.RECORDS_LOST, name: `t${i}` });
  limit.add({ reason: reasons.CANNOT_SHRINK, name: 'wide', params: { live: 4, wanted: 2 } });
  limit.finish();
  expect(notes).toHaveLength(102);
  const rest = notes.at(-1);
  expect(rest).toMatchObject({ code: 'records-lost-more', params: { total: 103 } });
  expect(rest?.text).toContain('3 more');
  expect(rest && chineseNote(rest)).toContain('103');
});
