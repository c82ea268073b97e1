import { defineErrors } from './definition.ts';

/** Errors of the command line itself. */
export const cliErrors = defineErrors({
  'cli.usage': {
    category: 'input',
    retryable: false,
    message: { en: '{problem}', zh: '{problem}' },
    remedy: { en: 'See `{command} --help`.', zh: '请查看 `{command} --help`。' },
  },
  'cli.secret-in-argument': {
    category: 'input',
    retryable: false,
    message: {
      en: '{flag} does not take its value on the command line, where every user of this machine can read it',
      zh: '{flag} 不能在命令行中直接给出值：本机所有用户都能看到命令行',
    },
    remedy: {
      en: 'Use {flag}-file PATH, {flag}-stdin, {flag}-prompt or the environment variable {variable}.',
      zh: '请使用 {flag}-file PATH、{flag}-stdin、{flag}-prompt 或环境变量 {variable}。',
    },
  },
  'cli.no-terminal': {
    category: 'input',
    retryable: false,
    message: { en: '{what} has to be asked for, but there is no terminal', zh: '需要询问{what}，但没有终端' },
    remedy: { en: 'Give it with {flags}.', zh: '请通过 {flags} 提供。' },
  },
  'cli.not-confirmed': {
    category: 'cancelled',
    retryable: false,
    message: {
      en: 'Nothing was changed: the restore into {cluster} was not confirmed',
      zh: '未作任何更改：未确认恢复到 {cluster}',
    },
    remedy: {
      en: 'Run it again and type the cluster’s name, or give --confirm {cluster}.',
      zh: '请重新执行并输入集群名称，或使用 --confirm {cluster}。',
    },
  },
  'cli.no-complete-point': {
    category: 'missing',
    retryable: false,
    message: {
      en: 'No recovery point of {task} is complete; the newest is {point}',
      zh: '{task} 没有完整的恢复点；最新的是 {point}',
    },
    remedy: {
      en: '`holdfast point show {point}` tells what it has. To take it all the same, name it by its id.',
      zh: '`holdfast point show {point}` 显示其内容。如仍要使用，请直接给出其编号。',
    },
  },
  'cli.removal-not-confirmed': {
    category: 'cancelled',
    retryable: false,
    message: {
      en: 'Nothing was removed: the removal of {point} was not confirmed',
      zh: '未删除任何内容：未确认删除 {point}',
    },
    remedy: {
      en: 'Run it again and type the beginning of the point’s id, or give --yes.',
      zh: '请重新执行并输入恢复点编号的开头，或使用 --yes。',
    },
  },
  'cli.plan-blocked': {
    category: 'config',
    retryable: false,
    message: {
      en: 'Nothing was changed: {failed} checks of the plan failed',
      zh: '未作任何更改：计划中有 {failed} 项检查未通过',
    },
    remedy: { en: 'Do what the failed checks say, then plan again.', zh: '请按检查结果处理后重新计划。' },
  },
  'cli.unknown-target': {
    category: 'missing',
    retryable: false,
    message: {
      en: '“{target}” is neither a recovery point nor a file',
      zh: '“{target}”既不是恢复点，也不是文件',
    },
    remedy: {
      en: 'Give a point’s id or its beginning, latest:TASK, a file’s path or cluster:NAME. `holdfast point list` shows the points.',
      zh: '请给出恢复点编号或其开头、latest:任务名、文件路径或 cluster:集群名。`holdfast point list` 可列出恢复点。',
    },
  },
  'cli.unknown-id': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no {noun} “{id}”', zh: '没有编号为“{id}”的{noun}' },
    remedy: { en: '`holdfast {kind} list` shows them.', zh: '请用 `holdfast {kind} list` 查看。' },
  },
  'cli.ambiguous-id': {
    category: 'input',
    retryable: false,
    message: { en: 'Several begin with “{id}”: {matches}', zh: '有多个以“{id}”开头：{matches}' },
    remedy: { en: 'Give more digits.', zh: '请多输入几位。' },
  },
});
