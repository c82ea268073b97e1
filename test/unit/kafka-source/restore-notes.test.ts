import { expect, it } from 'vitest';
import { finding, NoteLimit } from '../../../main/sources/kafka/restore/notes.ts';
import * as reasons from '../../../main/sources/kafka/restore/reasons.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

const all = Object.values(reasons);

it('has no code twice', () => {
  const codes = all.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('names a hundred objects for each reason and counts the rest', () => {
  const notes: FidelityNote[] = [];
  const limit = new NoteLimit((note) => notes.push(note));
  for (let i = 0; i < 103; i++) limit.add(finding(reasons.RECORDS_LOST, `t${i}`));
  limit.add(finding(reasons.CANNOT_SHRINK, 'wide', { live: 4, wanted: 2 }));
  limit.finish();
  expect(notes).toHaveLength(102);
  const rest = notes.at(-1);
  expect(rest).toMatchObject({ code: 'records-lost-more', params: { total: 103 } });
  expect(rest?.text).toMatch(/^103 objects in all: /);
});
