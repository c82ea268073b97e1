import { describe, expect, it } from 'vitest';
import { fillBoth } from '../../../shared/errors/text.ts';
import { MESSAGES, messageText, say, words } from '../../../shared/messages/message.ts';
import { stepOutcomes } from '../../../shared/messages/step-outcomes.ts';
import { ACTIONS, CHANGES } from '../../../shared/messages/words.ts';
import { message } from '../../../shared/model/message.ts';
import { faultsOf, sourceText } from './written.ts';

describe('messages', () => {
  it.each(Object.entries(MESSAGES))('%s says the same in both languages', (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('all are said somewhere in the engine', () => {
    const engine = sourceText('main');
    expect(Object.keys(MESSAGES).filter((code) => !engine.includes(`'${code}'`))).toEqual([]);
  });

  it('are told in both languages, lists and texts within them too', () => {
    const said = say('restore.members-differ', {
      change: CHANGES.changed,
      key: '/app',
      members: ['acl', 'data'],
    });
    expect(said.text).toBe('still different: changed /app (acl, data)');
    // As it crosses the wire.
    expect(messageText(message.parse(JSON.parse(JSON.stringify(said))))).toEqual({
      en: 'still different: changed /app (acl, data)',
      zh: '仍有差异：不同 /app（acl、data）',
    });
    const problem = words('rescan.twin-services', { name: 'Kafka' });
    expect(messageText(say('rescan.cluster-not-taken', { cluster: 'lab', problem })).zh).toBe(
      '未接管集群 lab：有两个服务同名：Kafka',
    );
  });

  it.each([
    ['a line from before there were codes', { text: 'As written' }],
    ['a code of another version', { code: 'from-the-future', params: {}, text: 'As written' }],
    ['a name that every object has', { code: 'constructor', params: {}, text: 'As written' }],
    ['params of another version', { code: 'rescan.vanished', params: { file: 'a' }, text: 'As written' }],
  ])('%s reads as it was written', (_, said) => {
    expect(messageText(said)).toEqual({ en: 'As written', zh: 'As written' });
  });

  it('values are not filled again', () => {
    expect(messageText(say('rescan.damaged', { path: '{problem}', problem: 'bad' })).en).toBe(
      '{problem}: bad',
    );
  });

  it.each(Object.entries(stepOutcomes))('the outcome of a step %s', (code, text) => {
    expect(faultsOf(text)).toEqual([]);
    expect(sourceText('main/sources')).toContain(`'${code}'`);
  });

  it.each(Object.entries({ ...ACTIONS, ...CHANGES }))('the word %s is there in both languages', (_, text) => {
    expect(faultsOf(fillBoth(text, {}))).toEqual([]);
  });
});
