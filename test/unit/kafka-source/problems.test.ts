import { expect, it } from 'vitest';
import { KafkaError } from '../../../main/protocols/kafka/errors.ts';
import { Problems } from '../../../main/sources/kafka/problems.ts';
import { noteText } from '../../../shared/messages/note-text.ts';

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
  for (const note of notes) {
    expect(noteText('kafka', note).en).toBe(note.text);
    expect(noteText('kafka', note).zh).toMatch(/\p{Script=Han}/u);
  }
});
