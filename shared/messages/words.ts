import { fillBoth, sameInBoth, type Text } from '../errors/text.ts';
import type { ShownDifference } from '../model/listing.ts';
import type { RestoreStep } from '../model/restore.ts';
import type { RunState } from '../model/run.ts';

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

/** What a run is, or how it ended. */
export const RUN_STATES: { readonly [state in RunState]: Text } = {
  running: { en: 'running', zh: '运行中' },
  succeeded: { en: 'succeeded', zh: '成功' },
  incomplete: { en: 'incomplete', zh: '不完整' },
  conflict: { en: 'left conflicts', zh: '有冲突' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  interrupted: { en: 'interrupted', zh: '已中断' },
};

/** What people name by an id or a name. */
export const NOUNS = {
  key: { en: 'key', zh: '密钥' },
  point: { en: 'point', zh: '恢复点' },
  run: { en: 'run', zh: '运行' },
} satisfies { readonly [noun: string]: Text };

/** Steps of runs, by the name that programs go by. One that is not here carries out a phase: `apply` and its name. */
const RUN_STEPS: { readonly [name: string]: Text } = {
  capture: { en: 'capture', zh: '捕获' },
  retain: { en: 'retain', zh: '登记并清理旧副本' },
  verify: { en: 'verify', zh: '校验归档' },
  'undo point': { en: 'undo point', zh: '撤销点' },
  compare: { en: 'compare', zh: '与恢复点比较' },
  try: { en: 'try', zh: '试用服务' },
};

const APPLY: Text = { en: 'apply {phase}', zh: '应用 {phase}' };
const APPLYING = /^apply (.+)$/;

/** What a step of a run does. */
export function runStepText(name: string): Text {
  const known = Object.hasOwn(RUN_STEPS, name) ? RUN_STEPS[name] : undefined;
  const phase = APPLYING.exec(name)?.[1];
  return known ?? (phase === undefined ? sameInBoth(name) : fillBoth(APPLY, { phase }));
}

/** What a run counted. */
const COUNTS: { readonly [name: string]: Text } = {
  captured: { en: 'captured', zh: '已捕获对象' },
  bytes: { en: 'bytes', zh: '字节' },
  removed: { en: 'removed', zh: '已删除旧归档' },
  create: { en: 'create', zh: '已创建' },
  change: { en: 'change', zh: '已修改' },
  remove: { en: 'remove', zh: '已删除' },
  raise: { en: 'raise', zh: '已提升计数器' },
  protect: { en: 'protect', zh: '已设置权限' },
  already: { en: 'already', zh: '此前已完成' },
  conflict: { en: 'conflict', zh: '冲突' },
  failed: { en: 'failed', zh: '失败' },
  differences: { en: 'differences', zh: '剩余差异' },
};

/** What a number of a run stands for. */
export function countText(name: string): Text {
  return (Object.hasOwn(COUNTS, name) ? COUNTS[name] : undefined) ?? sameInBoth(name);
}
