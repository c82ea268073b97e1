import { defineMessages } from './definition.ts';

/** What exactly the command line cannot take, or missed. */
export const cliDetails = defineMessages({
  'write-duration': { en: 'write it as 6h or 1d', zh: '请写作 6h 或 1d' },
  'write-instant': { en: 'write it as 2026-03-01T02:00:00Z', zh: '请写作 2026-03-01T02:00:00Z' },
  'known-policies': {
    en: 'known: full, full-then-incremental, full-every:N',
    zh: '可用：full、full-then-incremental、full-every:N',
  },
  'whole-number-from': { en: 'a whole number from {least} on is needed', zh: '必须为不小于 {least} 的整数' },
  empty: { en: 'it is empty', zh: '内容为空' },
  'nothing-given': { en: 'nothing was given', zh: '没有给出任何内容' },
  'point-or-run': {
    en: 'give a recovery point, --resume RUN or --undo RUN',
    zh: '请给出恢复点、--resume RUN 或 --undo RUN',
  },
  'one-secret': { en: 'standard input can give one secret only', zh: '标准输入只能提供一个密钥项' },
  'no-value': { en: 'it has no value', zh: '它没有值' },
  'needs-other': { en: 'one needs the other', zh: '两者须同时给出' },
  'role-or-password': { en: 'give --role, a password, or both', zh: '请给出 --role、密码或两者' },
  'exactly-one': { en: 'exactly one is needed', zh: '必须且只能有一个' },
  'at-least-one': { en: 'at least one is needed', zh: '至少需要一个' },
  'events-stopped': { en: 'the run’s events stopped before its end', zh: '运行结束之前事件流中断' },
  'counting-stopped': { en: 'counting stopped before its end', zh: '计数结束之前中断' },
  'planning-stopped': { en: 'planning stopped before there was a plan', zh: '计划生成之前中断' },
  'it-answers': { en: 'it answers {status}', zh: '应答为 {status}' },
  'the-target': { en: 'The target', zh: '目标' },
  'the-change': { en: 'The change', zh: '更改' },
  'what-to-change': { en: 'What to change', zh: '要更改的内容' },
  'driver-named': { en: 'Driver {id}', zh: '驱动 {id}' },
  'the-command': { en: 'The command', zh: '命令' },
  'the-question': { en: 'The question', zh: '询问' },
});
