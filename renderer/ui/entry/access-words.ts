import type { AccessRule } from '../../../shared/model/access.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Translate } from '../../i18n/use-text.ts';

const OPERATIONS: { readonly [operation: string]: MessageKey } = {
  read: 'entry:operation.read',
  write: 'entry:operation.write',
  create: 'entry:operation.create',
  delete: 'entry:operation.delete',
  admin: 'entry:operation.admin',
  all: 'entry:operation.all',
  alter: 'entry:operation.alter',
  describe: 'entry:operation.describe',
  cluster_action: 'entry:operation.clusterAction',
  describe_configs: 'entry:operation.describeConfigs',
  alter_configs: 'entry:operation.alterConfigs',
  idempotent_write: 'entry:operation.idempotentWrite',
};

const RESOURCES: { readonly [type: string]: MessageKey } = {
  topic: 'entry:resource.topic',
  group: 'entry:resource.group',
  cluster: 'entry:resource.cluster',
  transactional_id: 'entry:resource.transactionalId',
  user: 'entry:resource.user',
};

/** A rule in words: who may or may not do what, on what, from where. */
export function accessSentence(rule: AccessRule, t: Translate, locale: string): string {
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const operations = rule.operations.map((operation) => wordOf(OPERATIONS, operation, t));
  const params = {
    who: whoText(rule, t),
    operations: operations.length === 0 ? t('entry:operation.nothing') : list.format(operations),
    resource: rule.resource === undefined ? '' : resourceText(rule.resource, t),
    from: rule.from === undefined ? '' : t('entry:access.from', { from: printable(rule.from) }),
  };
  return t(rule.effect === 'allow' ? 'entry:access.allow' : 'entry:access.deny', params);
}

function whoText({ scheme, who }: AccessRule, t: Translate): string {
  const shown = printable(who);
  switch (scheme) {
    case 'world':
      return t('entry:who.world');
    case 'digest':
      return t('entry:who.digest', { who: shown });
    case 'sasl':
      return t('entry:who.sasl', { who: shown });
    case 'x509':
      return t('entry:who.x509', { who: shown });
    case 'ip':
      return t('entry:who.ip', { who: shown });
    case 'principal':
      return shown === 'User:*' ? t('entry:who.world') : shown;
    default:
      return `${printable(scheme)}:${shown}`;
  }
}

function resourceText({ type, name, pattern }: NonNullable<AccessRule['resource']>, t: Translate): string {
  const what = wordOf(RESOURCES, type, t);
  if (type.toLowerCase() === 'cluster') return t('entry:access.onThing', { what });
  if (name === '*') return t('entry:access.onAll', { what });
  const params = { what, name: printable(name) };
  return pattern.toLowerCase() === 'prefixed'
    ? t('entry:access.onPrefix', params)
    : t('entry:access.onNamed', params);
}

function wordOf(words: { readonly [word: string]: MessageKey }, word: string, t: Translate): string {
  const key = words[word.toLowerCase()];
  return key === undefined ? printable(word) : t(key);
}
