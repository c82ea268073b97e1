import { defineMessages } from './definition.ts';

/** What runs write into their logs. */
export const runLog = defineMessages({
  'backup.full-anyway': {
    en: 'this run is a full backup, whatever the policy',
    zh: '无论策略如何，本次运行均为全量备份',
  },
  'backup.name-taken': {
    en: '{service}: {file} was taken meanwhile; capturing again',
    zh: '{service}：{file} 已被占用，重新捕获',
  },
  'backup.no-checksums': {
    en: '{service}: the archive {path} is safe, but its checksum files were not written: {problem}. Rescan the storage to have them written.',
    zh: '{service}：归档 {path} 已安全写入，但校验和文件未能写入：{problem}。请重新扫描存储以补写。',
  },
  'backup.note': { en: '{service}: {note}', zh: '{service}：{note}' },
  'backup.more-notes': {
    en: '{service}: {more} more notes stand in the archive’s manifest',
    zh: '{service}：另有 {more} 条说明，见归档清单',
  },
  'backup.source-failed': {
    en: '{service}: {problem}. {remedy}',
    zh: '{service}：{problem}。{remedy}',
  },
  'backup.books-failed': {
    en: '{service}: the archive is safe, but what follows it failed: {problem}. {remedy}',
    zh: '{service}：归档已安全写入，但后续工作失败：{problem}。{remedy}',
  },
  'backup.no-sweep': {
    en: '{service}: unfinished writes were not looked for: {problem}',
    zh: '{service}：未能查找未完成的写入：{problem}',
  },
  'backup.archive': { en: 'the archive is {path}', zh: '归档为 {path}' },
  'restore.undo-point': {
    en: 'the undo point of {service} is {path}',
    zh: '{service} 的撤销点为 {path}',
  },
  'restore.undo-lacks': {
    en: 'the undo point lacks {count} objects that cannot be read: {first}',
    zh: '撤销点缺少 {count} 个无法读取的对象：{first}',
  },
  'restore.undo-gone': {
    en: 'the undo point {path} is gone: this restore cannot be taken back',
    zh: '撤销点 {path} 已不存在：此次恢复无法撤销',
  },
  'restore.undo-swept': {
    en: 'the undo point of run {run} was removed: it is more than {days} days old',
    zh: '已删除运行 {run} 的撤销点：已超过 {days} 天',
  },
  'restore.undo-not-swept': {
    en: 'the undo point of run {run} could not be removed: {problem}',
    zh: '无法删除运行 {run} 的撤销点：{problem}',
  },
  'restore.damage-not-noted': {
    en: 'the damage could not be noted in the storage: {problem}',
    zh: '损坏情况未能记入存储：{problem}',
  },
  'restore.conflict': {
    en: '{action} {key}: changed since the plan: {found}',
    zh: '{action} {key}：计划之后已有变化：{found}',
  },
  'restore.step-failed': { en: '{action} {key}: {problem}', zh: '{action} {key}：{problem}' },
  'restore.tried': { en: '{check}: {finding}', zh: '{check}：{finding}' },
  'restore.tried-remedy': { en: '{check}: {finding} {remedy}', zh: '{check}：{finding}{remedy}' },
  'restore.differs': {
    en: 'still different: {change} {key}',
    zh: '仍有差异：{change} {key}',
  },
  'restore.members-differ': {
    en: 'still different: {change} {key} ({members})',
    zh: '仍有差异：{change} {key}（{members}）',
  },
  'restore.equal': {
    en: '{service} is as the recovery point has it',
    zh: '{service} 与恢复点一致',
  },
  'run.failed': { en: '{problem}. {remedy}', zh: '{problem}。{remedy}' },
  'run.cause': { en: 'caused by: {cause}', zh: '原因：{cause}' },
  'run.history-unwritten': {
    en: 'the history of runs could not be written: {problem}',
    zh: '无法写入运行历史：{problem}',
  },
});
