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
  'engine.no-entry': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is nothing at {key}', zh: '{key} 处没有对象' },
    remedy: {
      en: 'It may have been removed meanwhile. List what is there with `holdfast browse`.',
      zh: '它可能已被删除。请用 `holdfast browse` 查看现有对象。',
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
      en: 'Only a restore that was interrupted, cancelled, failed or is incomplete goes on. Plan a new one.',
      zh: '只有被中断、取消、失败或不完整的恢复才能继续。请重新生成计划。',
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
  'engine.plan-expired': {
    category: 'conflict',
    retryable: false,
    message: {
      en: 'Plan {plan} was made at {created}: after {hours} hours the cluster may have moved on too far',
      zh: '计划 {plan} 生成于 {created}：超过 {hours} 小时后集群可能已有较大变化',
    },
    remedy: {
      en: 'Nothing was changed. Make the plan again.',
      zh: '未做任何更改。请重新生成计划。',
    },
  },
  'engine.stopping': {
    category: 'cancelled',
    retryable: true,
    message: {
      en: '{what} was interrupted: Holdfast is stopping',
      zh: '{what}已中断：Holdfast 正在停止',
    },
    remedy: {
      en: 'Start it again; an interrupted restore goes on with `holdfast restore --resume`.',
      zh: '请重新执行；被中断的恢复可用 `holdfast restore --resume` 继续。',
    },
  },
  'engine.storage-unknown': {
    category: 'config',
    retryable: false,
    message: {
      en: '{service} of task {task} goes to the storage "{storage}" ({driver}), which is not known here',
      zh: '任务 {task} 的 {service} 写入存储“{storage}”（{driver}），本机尚未配置该存储',
    },
    remedy: {
      en: 'Add it with `holdfast storage add` and read it with `holdfast storage rescan`.',
      zh: '请用 `holdfast storage add` 添加该存储，再用 `holdfast storage rescan` 读取。',
    },
  },
  'engine.task-busy': {
    category: 'conflict',
    retryable: true,
    message: { en: 'Task {task} has a run under way', zh: '任务 {task} 正在运行' },
    remedy: { en: 'Wait for it to end, or cancel it.', zh: '请等待其结束，或取消该运行。' },
  },
  'engine.other-service': {
    category: 'config',
    retryable: false,
    message: {
      en: '{service} of {cluster} is not the one that was backed up before: it is {now}, it was {known}',
      zh: '{cluster} 的 {service} 不是之前备份的那一个：现在为 {now}，之前为 {known}',
    },
    remedy: {
      en: 'Nothing was written. Look where its address leads. If this is the one to be protected from now on, take it with `holdfast cluster set {cluster} --accept-identity`.',
      zh: '未写入任何内容。请确认其地址指向何处。如今后要保护的正是它，请用 `holdfast cluster set {cluster} --accept-identity` 予以确认。',
    },
  },
  'engine.service-shared': {
    category: 'input',
    retryable: false,
    message: {
      en: '{services} of the point would all be restored into {service} of {cluster}',
      zh: '恢复点中的 {services} 都将恢复到 {cluster} 的 {service}',
    },
    remedy: {
      en: 'Restore one of them at a time: the second would undo the first. Choose with --source.',
      zh: '请用 --source 逐个恢复：后者会覆盖前者。',
    },
  },
  'engine.checks-failed': {
    category: 'config',
    retryable: true,
    message: { en: 'The plan’s checks did not pass: {checks}', zh: '计划的检查未通过：{checks}' },
    remedy: {
      en: 'Put right what they name and make the plan again. Nothing was changed.',
      zh: '请解决所列问题后重新生成计划。未做任何更改。',
    },
  },
  'engine.restore-under-way': {
    category: 'conflict',
    retryable: true,
    message: { en: 'Run {run} is still changing the cluster', zh: '运行 {run} 仍在更改集群' },
    remedy: { en: 'Wait for it to end, or cancel it first.', zh: '请等待其结束，或先取消该运行。' },
  },
  'engine.restore-undone': {
    category: 'conflict',
    retryable: false,
    message: { en: 'Run {run} was taken back by run {undo}', zh: '运行 {run} 已被运行 {undo} 撤销' },
    remedy: { en: 'Plan a new restore.', zh: '请重新生成恢复计划。' },
  },
  'engine.undo-point-incomplete': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'The undo point of {service} would lack {count} objects that cannot be read: {first}',
      zh: '{service} 的撤销点将缺少 {count} 个无法读取的对象：{first}',
    },
    remedy: {
      en: 'Nothing was changed. Give the account the right to read them, or go on without a full way back with --accept-incomplete-undo.',
      zh: '未做任何更改。请为账号授予读取权限，或用 --accept-incomplete-undo 在无法完全撤销的情况下继续。',
    },
  },
  'engine.steps-missing': {
    category: 'integrity',
    retryable: false,
    message: {
      en: '{missing} planned steps of {service} ({phase}) were not carried out: the plan’s files are damaged, or the driver left them out',
      zh: '{service}（{phase}）有 {missing} 个计划步骤未执行：计划文件已损坏，或驱动遗漏了它们',
    },
    remedy: {
      en: 'Plan the restore again: it compares anew and does what is left. If it happens again, report it.',
      zh: '请重新计划恢复：将重新比较并完成剩余部分。如再次发生，请反馈。',
    },
  },
  'engine.undo-point-lost': {
    category: 'missing',
    retryable: false,
    message: {
      en: 'The undo point {path} that this restore took is gone: it could not be taken back any more',
      zh: '此次恢复所留的撤销点 {path} 已不存在：将无法再撤销',
    },
    remedy: {
      en: 'Plan a new restore, which takes an undo point of its own, or go on without a way back with --accept-incomplete-undo.',
      zh: '请重新计划恢复（会另留撤销点），或用 --accept-incomplete-undo 在无法撤销的情况下继续。',
    },
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
      en: 'Seal the archives with --archive-key (`holdfast key create`) or --archive-passphrase-prompt, or consent with --consent-sensitive.',
      zh: '请用 --archive-key（`holdfast key create`）或 --archive-passphrase-prompt 密封归档，或用 --consent-sensitive 明确同意。',
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
  'engine.point-held': {
    category: 'conflict',
    retryable: false,
    message: {
      en: 'Recovery point {point} is needed by the restore {run}, which is under way or can be resumed',
      zh: '恢复点 {point} 正被恢复运行 {run} 使用：该运行仍在进行或可以继续',
    },
    remedy: {
      en: 'Let that restore end: resume it with `holdfast restore --resume {run}`, take it back with `--undo {run}`, or restore the point anew. 30 days after it stopped the point is free in any case.',
      zh: '请让该恢复结束：用 `holdfast restore --resume {run}` 继续，用 `--undo {run}` 撤销，或重新恢复该恢复点。停止 30 天后恢复点自动解除占用。',
    },
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
  'engine.data-directory-in-use': {
    category: 'conflict',
    retryable: true,
    message: {
      en: 'The data directory {path} is in use by process {pid} on {host}',
      zh: '数据目录 {path} 正被主机 {host} 上的进程 {pid} 使用',
    },
    remedy: {
      en: 'Let that process end, or work through it: commands find a running `holdfast serve` by themselves.',
      zh: '请等待该进程结束，或通过它操作：命令会自动找到正在运行的 `holdfast serve`。',
    },
  },
  'engine.data-directory-unusable': {
    category: 'config',
    retryable: false,
    message: {
      en: 'The data directory {path} cannot be used: {problem}',
      zh: '无法使用数据目录 {path}：{problem}',
    },
    remedy: {
      en: 'It must be a directory of your own, writable, on a disk that can lock files.',
      zh: '它必须是您自己的可写目录，且所在磁盘支持文件锁。',
    },
  },
  'engine.unknown-time-zone': {
    category: 'input',
    retryable: false,
    message: { en: 'There is no time zone "{zone}"', zh: '没有时区“{zone}”' },
    remedy: {
      en: 'Give an IANA name, such as Asia/Shanghai.',
      zh: '请输入 IANA 时区名，例如 Asia/Shanghai。',
    },
  },
  'engine.lease-held': {
    category: 'conflict',
    retryable: true,
    message: {
      en: '{host} is working on the backups in {directory}',
      zh: '{host} 正在操作 {directory} 中的备份',
    },
    remedy: {
      en: 'Wait until it has finished. Two workstations never change one task’s backups at once.',
      zh: '请等待其完成。两台工作站不会同时更改同一任务的备份。',
    },
  },
  'engine.lease-lost': {
    category: 'conflict',
    retryable: true,
    message: {
      en: 'The lease on {directory} was lost: {problem}',
      zh: '已失去 {directory} 的租约：{problem}',
    },
    remedy: {
      en: 'Nothing more was changed there. Check that the storage answers steadily, then run again.',
      zh: '之后未再更改其中内容。请确认存储响应稳定后重新运行。',
    },
  },
  'engine.control-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'The control file {path} is damaged: {problem}', zh: '控制文件 {path} 已损坏：{problem}' },
    remedy: {
      en: 'Run "holdfast storage rescan": the archives are untouched and points are rebuilt from them. Pins, proofs and the task’s definition must be given again where this installation does not know them.',
      zh: '请执行 “holdfast storage rescan”：归档未受影响，恢复点会由归档重建。本机不知道的锁定标记、校验记录和任务定义需要重新设置。',
    },
  },
  'engine.control-too-new': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'The control file {path} was written by a newer Holdfast ({found})',
      zh: '控制文件 {path} 由更新版本的 Holdfast 写入（{found}）',
    },
    remedy: { en: 'Use the newer version with this storage.', zh: '请使用更新的版本操作此存储。' },
  },
});
