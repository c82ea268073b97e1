import { defineErrors } from './definition.ts';

export const engineErrors = defineErrors({
  'engine.no-run': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no run {run}', zh: '没有运行 {run}' },
    remedy: { en: 'List the runs with `holdfast run list`.', zh: '请用 `holdfast run list` 查看运行列表。' },
  },
  'engine.no-point': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no recovery point {point}', zh: '没有恢复点 {point}' },
    remedy: {
      en: 'List the points with `holdfast point list`; rescan the storage if it should be there.',
      zh: '请用 `holdfast point list` 查看恢复点；如应存在，请重新扫描存储。',
    },
  },
  'engine.no-plan': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no plan {plan}', zh: '没有计划 {plan}' },
    remedy: { en: 'Make the plan again.', zh: '请重新生成计划。' },
  },
  'engine.no-service': {
    category: 'missing',
    retryable: false,
    message: { en: '{where} has no service {service}', zh: '{where} 中没有服务 {service}' },
    remedy: { en: 'It has: {known}.', zh: '现有服务：{known}。' },
  },
  'engine.service-needed': {
    category: 'input',
    retryable: false,
    message: { en: '{where} has several services', zh: '{where} 有多个服务' },
    remedy: { en: 'Name one of: {known}.', zh: '请指定其中之一：{known}。' },
  },
  'engine.no-archive': {
    category: 'missing',
    retryable: false,
    message: { en: 'Recovery point {point} has no archive left', zh: '恢复点 {point} 已没有归档' },
    remedy: { en: 'Choose another point, or rescan the storage.', zh: '请选择其他恢复点，或重新扫描存储。' },
  },
  'engine.no-undo-point': {
    category: 'missing',
    retryable: false,
    message: { en: 'Run {run} left no undo point', zh: '运行 {run} 没有留下撤销点' },
    remedy: {
      en: 'Only a restore that had begun to change the cluster can be taken back.',
      zh: '只有已开始更改集群的恢复才能撤销。',
    },
  },
  'engine.not-resumable': {
    category: 'conflict',
    retryable: false,
    message: { en: 'Run {run} cannot be resumed: it is {state}', zh: '运行 {run} 不能继续：状态为 {state}' },
    remedy: {
      en: 'Only a restore that was interrupted, cancelled or failed goes on. Plan a new one.',
      zh: '只有被中断、取消或失败的恢复才能继续。请重新生成计划。',
    },
  },
  'engine.plan-used': {
    category: 'conflict',
    retryable: false,
    message: {
      en: 'Plan {plan} was started before, as run {run}',
      zh: '计划 {plan} 已作为运行 {run} 执行过',
    },
    remedy: { en: 'Make a new plan, or resume that run.', zh: '请重新生成计划，或继续该运行。' },
  },
  'engine.task-busy': {
    category: 'conflict',
    retryable: true,
    message: { en: 'Task {task} has a run under way', zh: '任务 {task} 正在运行' },
    remedy: { en: 'Wait for it to end, or cancel it.', zh: '请等待其结束，或取消该运行。' },
  },
  'engine.confirmation-wrong': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The confirmation does not name the cluster that would be changed',
      zh: '确认内容与将要更改的集群名称不符',
    },
    remedy: { en: 'Type the name of the cluster exactly: {cluster}.', zh: '请准确输入集群名称：{cluster}。' },
  },
  'engine.read-only-cluster': {
    category: 'config',
    retryable: false,
    message: { en: 'Cluster {cluster} is read-only', zh: '集群 {cluster} 为只读' },
    remedy: { en: 'Lift its read-only switch before restoring into it.', zh: '恢复前请先取消其只读开关。' },
  },
  'engine.consent-needed': {
    category: 'input',
    retryable: false,
    message: {
      en: '{service} holds secrets of the cluster itself ({kinds}) and the archive would not be encrypted',
      zh: '{service} 含有集群自身的机密（{kinds}），而归档未加密',
    },
    remedy: {
      en: 'Give the task an archive key (`holdfast key create`), or consent with --consent-sensitive.',
      zh: '请为任务指定归档密钥（`holdfast key create`），或用 --consent-sensitive 明确同意。',
    },
  },
  'engine.cluster-unknown': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The archive does not say which cluster to restore into',
      zh: '归档未指明要恢复到哪个集群',
    },
    remedy: { en: 'Name a cluster with --to.', zh: '请用 --to 指定集群。' },
  },
  'engine.archive-unsound': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The archive {archive} is damaged: {damage}',
      zh: '归档 {archive} 已损坏：{damage}',
    },
    remedy: {
      en: 'Nothing was changed. Restore from another recovery point or another copy.',
      zh: '未做任何更改。请使用其他恢复点或副本恢复。',
    },
  },
  'engine.needed-by-others': {
    category: 'conflict',
    retryable: false,
    message: { en: 'Recovery point {point} is needed by later ones', zh: '恢复点 {point} 被后续恢复点依赖' },
    remedy: { en: 'Remove the later points of its set first.', zh: '请先删除同组中较新的恢复点。' },
  },
  'engine.point-pinned': {
    category: 'conflict',
    retryable: false,
    message: { en: 'Recovery point {point} is pinned', zh: '恢复点 {point} 已锁定' },
    remedy: { en: 'Unpin it first.', zh: '请先解除锁定。' },
  },
  'engine.all-sources-failed': {
    category: 'internal',
    retryable: true,
    message: {
      en: 'No source of the task could be backed up: {problems}',
      zh: '任务的所有数据源都备份失败：{problems}',
    },
    remedy: { en: 'See the run’s log for each source.', zh: '请在运行日志中查看各数据源的情况。' },
  },
  'engine.not-comparable': {
    category: 'input',
    retryable: false,
    message: { en: '{left} and {right} are of different kinds', zh: '{left} 与 {right} 类型不同' },
    remedy: { en: 'Compare two states of the same kind of source.', zh: '请比较同类数据源的两个状态。' },
  },
  'engine.not-a-backup': {
    category: 'unsupported',
    retryable: false,
    message: { en: '{path} is not a Holdfast archive', zh: '{path} 不是 Holdfast 归档' },
    remedy: {
      en: 'Archives of other programs can be inspected, not restored.',
      zh: '其他程序的归档只能查看，不能恢复。',
    },
  },
});
