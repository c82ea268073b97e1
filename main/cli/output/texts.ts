import type { Text } from '../../../shared/errors/text.ts';

/** What the command line says by itself. Help is English; results, progress and questions are in both languages. */
export const TEXTS = {
  error: { en: 'error: {message} [{code}]', zh: '错误：{message} [{code}]' },
  cause: { en: '  because: {cause}', zh: '  原因：{cause}' },
  cancelling: {
    en: 'Cancelling… press Ctrl-C again to leave at once.',
    zh: '正在取消…再按一次 Ctrl-C 立即退出。',
  },
  runEnded: { en: 'Run {run}: {kind} {state} in {time}', zh: '运行 {run}：{kind} {state}，用时 {time}' },
  runError: { en: '  {message} [{code}]\n  {remedy}', zh: '  {message} [{code}]\n  {remedy}' },
  runPoint: { en: 'Recovery point {point}', zh: '恢复点 {point}' },
  runStarted: {
    en: 'Run {run} is under way in the host. Follow it with: holdfast run watch {run}',
    zh: '运行 {run} 正在主机中执行。查看进度：holdfast run watch {run}',
  },
  undoHint: {
    en: 'To take it back: holdfast restore --undo {run}',
    zh: '撤销：holdfast restore --undo {run}',
  },
  resumeHint: {
    en: 'To go on where it stopped: holdfast restore --resume {run}',
    zh: '从中断处继续：holdfast restore --resume {run}',
  },
  detachNeedsHost: {
    en: '--detach needs a running host (`holdfast serve`): without one the run would end with this command',
    zh: '--detach 需要正在运行的主机（`holdfast serve`），否则命令结束时运行也会结束',
  },
  stepLine: { en: '{name} {subject}: {state}, {amount}', zh: '{name} {subject}：{state}，{amount}' },
  left: { en: '{time} left', zh: '剩余 {time}' },
  noClusters: {
    en: 'No clusters yet. Add one: holdfast cluster add NAME --source zookeeper --connect-string HOST:2181',
    zh: '还没有集群。添加：holdfast cluster add NAME --source zookeeper --connect-string HOST:2181',
  },
  noStorages: {
    en: 'No storages yet. Add one: holdfast storage add NAME --driver local --directory PATH',
    zh: '还没有存储。添加：holdfast storage add NAME --driver local --directory PATH',
  },
  noTasks: {
    en: 'No tasks yet. Create one: holdfast task create NAME --cluster CLUSTER --storage STORAGE\nTasks that a storage holds already come back with: holdfast storage rescan STORAGE',
    zh: '还没有任务。创建：holdfast task create NAME --cluster CLUSTER --storage STORAGE\n存储中已有的任务可用 holdfast storage rescan STORAGE 恢复',
  },
  noPoints: {
    en: 'No recovery points. A run of a task makes one: holdfast task run TASK',
    zh: '没有恢复点。运行任务即可生成：holdfast task run TASK',
  },
  noRuns: { en: 'Nothing was run.', zh: '没有运行记录。' },
  noKeys: {
    en: 'No keys yet. Make one: holdfast key create NAME --file PATH',
    zh: '还没有密钥。创建：holdfast key create NAME --file PATH',
  },
  written: { en: 'Written to {path}.', zh: '已写入 {path}。' },
  secretsNeeded: {
    en: '{cluster} needs secrets of {service} again ({secrets}): see holdfast cluster set',
    zh: '{cluster} 的 {service} 需要重新输入密钥（{secrets}）：请用 holdfast cluster set',
  },
  compareHostKey: {
    en: 'Compare it with what ssh-keygen -lf prints on that host; then accept it with --tunnel-host-key.',
    zh: '请与该主机上 ssh-keygen -lf 的输出比对，确认后用 --tunnel-host-key 接受。',
  },
  exportPassphrase: { en: 'Passphrase of the export', zh: '导出口令' },
  searching: { en: 'Searching', zh: '正在搜索' },
  found: { en: '{found} found, {searched} looked at', zh: '找到 {found} 处，共查看 {searched} 个' },
  moreFound: { en: 'There may be more: give --limit', zh: '可能还有更多：请使用 --limit' },
  largeUnread: { en: '{count} large values were not searched', zh: '{count} 个大值未搜索' },
  counted: {
    en: '{added} added, {removed} removed, {changed} changed',
    zh: '新增 {added}，删除 {removed}，更改 {changed}',
  },
  removed: { en: 'Removed {kind} {name}.', zh: '已删除{kind} {name}。' },
  added: { en: 'Added {kind} {name}.', zh: '已添加{kind} {name}。' },
  changed: { en: 'Changed {kind} {name}.', zh: '已更改{kind} {name}。' },
  incompletePassed: {
    en: 'The newest recovery point of {task}, {newest}, is incomplete: taking {id} of {created}.',
    zh: '{task} 的最新恢复点 {newest} 不完整：使用 {created} 的 {id}。',
  },
  nothingToDo: {
    en: '{cluster} already is as the recovery point has it: nothing to do.',
    zh: '{cluster} 已与恢复点一致，无需更改。',
  },
  nothingPossible: {
    en: '{cluster} differs from the recovery point, and there is nothing that a restore can do about it: see below.',
    zh: '{cluster} 与恢复点不一致，但恢复操作无法处理：见下文。',
  },
  planTitle: {
    en: 'Plan {plan}: {steps} changes to cluster {cluster}',
    zh: '计划 {plan}：将更改集群 {cluster} 中的 {steps} 处',
  },
  planFirst: { en: 'First changes:', zh: '首批更改：' },
  planMore: { en: '  … and {more} more', zh: '  … 另有 {more} 处' },
  planNotes: { en: 'Not restored, or not by itself:', zh: '不恢复或需人工处理：' },
  planChecks: { en: 'Checks that did not pass:', zh: '未通过的检查：' },
  planning: { en: 'Planning {service}', zh: '正在计划 {service}' },
  dryRun: { en: 'Dry run: nothing was changed.', zh: '试运行：未作任何更改。' },
  confirmQuestion: {
    en: 'Type the cluster’s name ({cluster}) to change it: ',
    zh: '请输入集群名称（{cluster}）以确认更改：',
  },
  removeQuestion: {
    en: 'The archives of {task} from {created} are removed for good. Type {point} to remove the point: ',
    zh: '{task} 于 {created} 的归档将被永久删除。请输入 {point} 以删除该恢复点：',
  },
  removalConfirmation: { en: 'the point’s id as confirmation', zh: '恢复点编号（作为确认）' },
  confirmation: { en: 'the cluster’s name as confirmation', zh: '集群名称（作为确认）' },
  secretQuestion: { en: '{what}: ', zh: '{what}：' },
  secretAgain: { en: '{what} again: ', zh: '再次输入{what}：' },
  secretsDiffer: { en: 'the two entries differ', zh: '两次输入不一致' },
  vaultPassphrase: { en: 'Passphrase of the vault', zh: '保险库口令' },
  newVaultPassphrase: { en: 'New passphrase of the vault', zh: '新的保险库口令' },
  archivePassphrase: { en: 'Passphrase of the archive', zh: '归档口令' },
  rightPassphrase: { en: 'Passphrase of the right archive', zh: '右侧归档的口令' },
  vaultState: { en: 'The vault is {state}', zh: '保险库状态：{state}' },
  vaultLocked: {
    en: 'The vault is locked: runs that need a secret fail until it is opened by holdfast vault unlock. HOLDFAST_VAULT_PASSPHRASE_FILE opens it at the start.',
    zh: '保险库已锁定：在执行 holdfast vault unlock 之前，需要密钥的运行将失败。设置 HOLDFAST_VAULT_PASSPHRASE_FILE 可在启动时解锁。',
  },
  unlockNotKept: {
    en: 'The passphrase is right. Without a running host it is asked for again by the next command; set HOLDFAST_VAULT_PASSPHRASE_FILE to avoid that.',
    zh: '口令正确。没有正在运行的主机时，下一条命令会再次询问；可设置 HOLDFAST_VAULT_PASSPHRASE_FILE 避免。',
  },
  keyWritten: {
    en: 'Key {name} ({id}) written to {file}. Keep that file apart from the archives: without it nobody can open them.',
    zh: '密钥 {name}（{id}）已写入 {file}。请与归档分开保存：没有它无人能打开归档。',
  },
  signingKeyWritten: {
    en: 'Signing key {name} written to {file}. Whoever has that file can sign as you.\nPublic key, for --signed-by: {id}',
    zh: '签名密钥 {name} 已写入 {file}。持有该文件者可以您的名义签名。\n公钥（用于 --signed-by）：{id}',
  },
  keyImported: { en: 'Key {name} ({id}) taken in from {file}.', zh: '已从 {file} 导入密钥 {name}（{id}）。' },
  identical: { en: 'No difference.', zh: '没有差异。' },
  differences: { en: '{count} differences', zh: '{count} 处差异' },
  sound: { en: 'sound', zh: '完好' },
  damaged: { en: 'DAMAGED', zh: '已损坏' },
  verified: {
    en: '{service}: {result} ({level}; {bytes}, {entries} entries)',
    zh: '{service}：{result}（{level}；{bytes}，{entries} 个条目）',
  },
  signedBy: { en: '  signed by {signer}', zh: '  签名者：{signer}' },
  damageLine: { en: '  {where}: {problem}', zh: '  {where}：{problem}' },
  verifiedIncomplete: {
    en: 'Recovery point {id} is incomplete: not everything was captured. holdfast point show {id} tells what it lacks.',
    zh: '恢复点 {id} 不完整：并非所有内容都已采集。holdfast point show {id} 会列出缺失的内容。',
  },
  verifying: { en: 'Verifying', zh: '正在校验' },
  rescanned: {
    en: 'Found {tasks} tasks, {points} recovery points, {archives} archives.',
    zh: '发现 {tasks} 个任务、{points} 个恢复点、{archives} 个归档。',
  },
  repaired: { en: '  repaired: {what}', zh: '  已修复：{what}' },
  rescanNote: { en: '  note: {what}', zh: '  注意：{what}' },
  rescanDamage: { en: '  DAMAGED: {what}', zh: '  已损坏：{what}' },
  morePages: { en: 'More: give --after {next}', zh: '更多内容：请使用 --after {next}' },
  serving: {
    en: 'Serving {directory}\n  at {url}, token in {tokenFile}',
    zh: '正在服务 {directory}\n  地址 {url}，令牌位于 {tokenFile}',
  },
  pagesOpened: {
    en: 'Holdfast is open in your browser. Should it not be, open this link there (it signs you in, keep it to yourself):\n  {link}\n',
    zh: 'Holdfast 已在浏览器中打开。如果没有打开，请在浏览器中访问此链接（它会让您直接登录，请勿泄露）：\n  {link}\n',
  },
  pagesLink: {
    en: 'Open this link in a browser of this machine (it signs you in, keep it to yourself):\n  {link}\n',
    zh: '请在本机浏览器中打开此链接（它会让您直接登录，请勿泄露）：\n  {link}\n',
  },
  stopping: { en: 'Stopping: runs under way are interrupted cleanly…', zh: '正在停止：正在中断运行…' },
  bundleWritten: {
    en: 'Written: {file}. Secrets are left out; names and addresses are in it.',
    zh: '已写入 {file}。其中不含机密，但包含名称和地址。',
  },
  userPassword: { en: 'the password', zh: '密码' },
  userAdded: { en: 'User {name} is added as {role}.', zh: '已添加用户 {name}，角色为 {role}。' },
  userChanged: {
    en: 'User {name} is changed ({role}); sessions from before are over.',
    zh: '已修改用户 {name}（{role}）；之前的会话已结束。',
  },
  renamed: { en: 'The {kind} {name} is now called {as}.', zh: '{kind}{name} 现名为 {as}。' },
  untold: {
    en: 'Storage {storage} could not be told now: the next run there writes the name into its control files.',
    zh: '目前无法通知存储 {storage}：下次在该处运行时会将新名称写入其控制文件。',
  },
  userRevoked: { en: 'The sessions of {name} are over.', zh: '{name} 的会话已结束。' },
  userRemoved: { en: 'User {name} is removed; sessions are over.', zh: '已删除用户 {name}；其会话已结束。' },
  paused: { en: 'Task {name} is paused.', zh: '任务 {name} 已暂停。' },
  resumed: { en: 'Task {name} is no longer paused.', zh: '任务 {name} 已恢复。' },
  endedBefore: { en: 'Run {run} has ended already: {state}.', zh: '运行 {run} 已经结束：{state}。' },
  cancelRequested: { en: 'Run {run} is being cancelled.', zh: '正在取消运行 {run}。' },
} satisfies { readonly [name: string]: Text };
