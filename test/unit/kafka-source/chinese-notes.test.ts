import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KafkaError } from '../../../main/protocols/kafka/errors.ts';
import { chineseNote } from '../../../main/sources/kafka/chinese-notes.ts';
import { Problems } from '../../../main/sources/kafka/problems.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

const NOTE: FidelityNote = { fidelity: 'partial', kind: 'topic', code: '', text: 'English', params: {} };
const codes = ['capture-notes.ts', 'problems.ts'].flatMap((file) => {
  const text = readFileSync(new URL(`../../../main/sources/kafka/${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code = '']) => code);
});

function isChinese(note: FidelityNote): void {
  const text = chineseNote(note);
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(text).not.toMatch(/[{}]|undefined/);
}

it.each(codes)('a note of code %s has its sentence in Chinese', (code) => {
  isChinese({
    ...NOTE,
    code,
    params: {
      name: 'n',
      what: 'topics',
      from: 'a',
      to: 'b',
      corrected: 1,
      total: 7,
      partitions: '1, 2',
      problem: 'p',
    },
  });
});

it('what could not be read is named in both languages, each object once, and past a hundred only counted', () => {
  const problems = new Problems();
  const denied = new KafkaError('TOPIC_AUTHORIZATION_FAILED');
  problems.add({ branch: 'acls', kind: 'acl', error: new KafkaError('CLUSTER_AUTHORIZATION_FAILED') });
  problems.add({ branch: 'users', kind: 'user', error: new KafkaError('UNKNOWN_SERVER_ERROR') });
  for (let i = 0; i < 105; i++)
    problems.add({ branch: 'topics', kind: 'topic', name: `t${i}`, error: denied });
  problems.add({ branch: 'topics', kind: 'topic', name: 't0', error: denied });
  const notes = problems.notes();
  expect(notes).toHaveLength(2 + 100 + 1);
  expect(notes.map(({ code }) => code).slice(0, 3)).toEqual(['denied', 'unreadable', 'denied']);
  expect(notes.at(-1)).toMatchObject({ code: 'denied-more', params: { total: 105 } });
  expect(problems.stopped('acls')).toBe(true);
  expect(problems.has('topic', 't104')).toBe(true);
  for (const note of notes) isChinese(note);
});

it('leaves a note of another version to its English sentence', () => {
  expect(chineseNote({ ...NOTE, code: 'from-the-future' })).toBeUndefined();
});
