import { describe, expect, it } from 'vitest';
import { notesFor } from '../../../main/sources/zookeeper/notes.ts';
import { MOST_NAMED, PathList } from '../../../main/sources/zookeeper/path-list.ts';
import { COUNTER_TOO_FAR } from '../../../main/sources/zookeeper/plan-reasons.ts';
import { placesOf } from '../../../shared/messages/definition.ts';
import { NOTE_TABLES, noteText } from '../../../shared/messages/note-text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { faultsOf, sourceText } from './written.ts';

const NOTE: FidelityNote = { fidelity: 'partial', kind: 'topic', code: '', text: 'As written', params: {} };

describe.each(Object.entries(NOTE_TABLES))('notes of %s', (source, table) => {
  const codes = Object.entries(table.codes);

  it.each(codes)('%s says the same in both languages', (_, { reason, sentence }) => {
    const texts = [reason, sentence].filter((text) => text !== undefined);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.flatMap(faultsOf)).toEqual([]);
  });

  it('all are written by the source, and by no other code', () => {
    const written = sourceText(`main/sources/${source}`);
    expect(codes.filter(([code]) => !written.includes(`'${code}'`)).map(([code]) => code)).toEqual([]);
  });

  it.each(codes)('%s is filled with the object and all params, and counted', (code, { reason, sentence }) => {
    const [subject = ''] = table.subjects;
    const template = reason ?? sentence;
    const named = placesOf(template?.en ?? '').map((name) => [name, `<${name}>`] as const);
    const params = Object.fromEntries(named);
    const note = { ...NOTE, code, params: reason === undefined ? params : { ...params, [subject]: '/a' } };
    const text = noteText(source, note);
    for (const words of [text.en, text.zh]) {
      for (const value of Object.values(note.params)) expect(words).toContain(value);
      expect(words).not.toMatch(/[{}]/);
    }
    if (reason === undefined) return;
    const rest = noteText(source, { ...NOTE, code: `${code}-more`, params: { total: 1005 } });
    for (const words of [rest.en, rest.zh]) {
      expect(words).toContain('1005');
      expect(words).not.toMatch(/[{}]/);
    }
  });
});

it('words in params are translated, names are not', () => {
  const hidden = { ...NOTE, code: 'hidden', params: { what: 'groups' } };
  expect(noteText('kafka', hidden).zh).toContain('全部消费组');
  const group = { ...NOTE, code: 'denied', params: { name: 'groups', problem: 'X' } };
  expect(noteText('kafka', group).zh).toMatch(/^groups：/);
  const refused = { ...NOTE, code: 'cluster-refuses', params: { name: 'g', problem: 'it was not tried' } };
  expect(noteText('kafka', refused).zh).toContain('未尝试');
  const odd = { ...NOTE, code: 'hidden', params: { what: 'constructor' } };
  expect(noteText('kafka', odd).en).toContain('all constructor:');
  const branch = { ...NOTE, code: 'denied', params: { branch: 'groups', problem: 'X' } };
  expect(noteText('kafka', branch)).toEqual({
    en: 'groups: the account may not read this (X)',
    zh: '消费组：账号无权读取（X）',
  });
});

it('names the nodes, and says how many there are in all', () => {
  const paths = new PathList();
  for (let i = 0; i < MOST_NAMED + 5; i++) paths.add(`/n${i}`);
  const notes = notesFor(COUNTER_TOO_FAR, paths);
  const [first, last] = [notes[0] ?? NOTE, notes.at(-1) ?? NOTE];
  expect(first.text).toMatch(/^\/n0: its sequence counter/);
  expect(noteText('zookeeper', first).zh).toMatch(/^\/n0：/);
  expect(last.text).toMatch(new RegExp(`^${MOST_NAMED + 5} nodes in all: `));
  expect(noteText('zookeeper', last).zh).toMatch(new RegExp(`^共 ${MOST_NAMED + 5} 个节点：`));
});

it.each([
  ['a code of another version', 'zookeeper', { ...NOTE, code: 'from-the-future' }],
  ['a source of another version', 'from-the-future', { ...NOTE, code: 'unreadable', params: { path: '/a' } }],
  ['other params', 'kafka', { ...NOTE, code: 'hidden', params: {} }],
  ['a name that every object has', 'kafka', { ...NOTE, code: 'constructor', params: { name: 'x' } }],
])('a note with %s reads as it was written', (_, source, note) => {
  expect(noteText(source, note)).toEqual({ en: 'As written', zh: 'As written' });
});

it('a value that looks like a place is not filled', () => {
  const note = { ...NOTE, code: 'unreadable', params: { path: '/{total}' } };
  expect(noteText('zookeeper', note).en).toBe('/{total}: the account may not read this node');
});
