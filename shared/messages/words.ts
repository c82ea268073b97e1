import type { Text } from '../errors/text.ts';
import type { ShownDifference } from '../model/listing.ts';
import type { RestoreStep } from '../model/restore.ts';

/** What a step of a restore does to an object. */
export const ACTIONS: { readonly [action in RestoreStep['action']]: Text } = {
  create: { en: 'create', zh: '创建' },
  change: { en: 'change', zh: '修改' },
  remove: { en: 'remove', zh: '删除' },
  raise: { en: 'raise', zh: '提升计数器' },
  protect: { en: 'protect', zh: '设置权限' },
};

/** How an object differs from the other side. */
export const CHANGES: { readonly [change in ShownDifference['change']]: Text } = {
  added: { en: 'added', zh: '新增' },
  removed: { en: 'removed', zh: '已删除' },
  changed: { en: 'changed', zh: '不同' },
};
