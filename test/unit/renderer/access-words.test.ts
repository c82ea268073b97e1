import { createInstance } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { messages as english } from '../../../renderer/i18n/en/index.ts';
import type { Translate } from '../../../renderer/i18n/use-text.ts';
import { messages as chinese } from '../../../renderer/i18n/zh-CN/index.ts';
import { accessSentence } from '../../../renderer/ui/entry/access-words.ts';
import type { AccessRule } from '../../../shared/model/access.ts';

const i18n = createInstance();

beforeAll(async () => {
  await i18n.init({
    lng: 'en',
    ns: Object.keys(english),
    resources: { en: english, 'zh-CN': chinese },
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  });
});

function sentence(rule: AccessRule, locale = 'en'): string {
  const translate = i18n.getFixedT(locale);
  const t: Translate = (key, params) => translate(key, { ...params });
  return accessSentence(rule, t, locale);
}

const kafka = (rule: Partial<AccessRule>, name: string, pattern = 'LITERAL', type = 'TOPIC'): AccessRule => ({
  effect: 'allow',
  scheme: 'principal',
  who: 'User:alice',
  operations: ['read'],
  resource: { type, name, pattern },
  ...rule,
});

test.each<[AccessRule, string]>([
  [
    { effect: 'allow', scheme: 'world', who: 'anyone', operations: ['read', 'write', 'admin'] },
    'Anyone may read, write, and change permissions',
  ],
  [{ effect: 'allow', scheme: 'digest', who: 'bob', operations: [] }, 'User bob (password) may do nothing'],
  [
    { effect: 'allow', scheme: 'x509', who: 'CN=a\u202e', operations: ['read'] },
    'Certificate CN=a\\u202e may read',
  ],
  [{ effect: 'allow', scheme: 'new', who: 'x', operations: ['fly'] }, 'new:x may fly'],
  [kafka({}, 'orders'), 'User:alice may read topic orders'],
  [kafka({ effect: 'deny', from: '10.0.0.1' }, '*'), 'User:alice may not read every topic from 10.0.0.1'],
  [
    kafka({ who: 'User:*' }, 'o-', 'PREFIXED', 'GROUP'),
    'Anyone may read every group whose name begins with o-',
  ],
  [
    kafka({ operations: ['alter_configs'] }, 'kafka-cluster', 'LITERAL', 'CLUSTER'),
    'User:alice may change the configuration of the cluster',
  ],
])('%j', (rule, expected) => {
  expect(sentence(rule)).toBe(expected);
});

test('the same in Chinese', () => {
  expect(sentence(kafka({ operations: ['read', 'write'] }, 'orders'), 'zh-CN')).toBe(
    'User:alice 可以读取和写入主题 orders',
  );
});
