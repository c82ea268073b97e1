import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chineseNote } from '../../../main/sources/zookeeper/chinese-notes.ts';
import { notesFor } from '../../../main/sources/zookeeper/notes.ts';
import { MOST_NAMED, PathList } from '../../../main/sources/zookeeper/path-list.ts';
import { COUNTER_TOO_FAR } from '../../../main/sources/zookeeper/plan-reasons.ts';
import { PASSED_CODE, UNREADABLE_CODE } from '../../../main/sources/zookeeper/unseen.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

const SOURCE = new URL('../../../main/sources/zookeeper/', import.meta.url);
const NOTE: FidelityNote = { fidelity: 'partial', kind: 'znode', code: '', text: 'English', params: {} };

/** Every code of a note that stands in the source. */
const codes = readdirSync(SOURCE)
  .flatMap((name) => [...readFileSync(new URL(name, SOURCE), 'utf8').matchAll(/\bcode: '([a-z-]+)'/g)])
  .map(([, code = '']) => code)
  .concat(UNREADABLE_CODE, PASSED_CODE);

it.each([...new Set(codes)])('a note of code %s has its sentence in Chinese', (code) => {
  const params = { path: '/a', total: 7, rounds: 8, unsettled: 9 };
  const text = chineseNote({ ...NOTE, code, params });
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(text).not.toContain('{');
});

it('names the nodes, and says how many there are in all', () => {
  const paths = new PathList();
  for (let i = 0; i < MOST_NAMED + 5; i++) paths.add(`/n${i}`);
  const notes = notesFor(COUNTER_TOO_FAR, paths);
  expect(chineseNote(notes[0] ?? NOTE)).toMatch(/^\/n0：/);
  expect(chineseNote(notes.at(-1) ?? NOTE)).toMatch(new RegExp(`^共 ${MOST_NAMED + 5} 个节点：`));
});

it('leaves a note of another version to its English sentence', () => {
  expect(chineseNote({ ...NOTE, code: 'from-the-future' })).toBeUndefined();
});
