import { defineMessages } from './definition.ts';

/** What a rescan of a storage finds, puts right, and leaves to people. */
export const rescanFindings = defineMessages({
  'rescan.swept': { en: '{count} unfinished writes were cleared away', zh: '已清理 {count} 个未完成的写入' },
  'rescan.no-sweep': {
    en: 'unfinished writes were not looked for: {problem}',
    zh: '未能查找未完成的写入：{problem}',
  },
  'rescan.vanished': { en: '{path} is no longer in the storage', zh: '存储中已没有 {path}' },
  'rescan.copy': {
    en: '{path} was left alone: it is a copy of {place}',
    zh: '{path} 未作处理：它是 {place} 的副本',
  },
  'rescan.not-ours': {
    en: '{path} was left alone: it is no archive of ours',
    zh: '{path} 未作处理：不是 Holdfast 的归档',
  },
  'rescan.left-out': { en: '{path} was left out: {problem}', zh: '{path} 已略过：{problem}' },
  'rescan.another-task': {
    en: '{path} was left out: run {run} was made by another task',
    zh: '{path} 已略过：运行 {run} 属于另一个任务',
  },
  'rescan.damaged': { en: '{path}: {problem}', zh: '{path}：{problem}' },
  'rescan.bytes-changed': {
    en: '{path}: its bytes are not those that were written',
    zh: '{path}：内容与写入时不一致',
  },
  'rescan.wrong-checksum-file': {
    en: '{path}: the checksum file beside it is not the one that was written',
    zh: '{path}：旁边的校验和文件与写入时不一致',
  },
  'rescan.checksums-written': {
    en: 'the checksum files of {path} were written',
    zh: '已写入 {path} 的校验和文件',
  },
  'rescan.orphan-removed': {
    en: '{path} had no archive and was removed',
    zh: '{path} 没有对应的归档，已删除',
  },
  'rescan.control-updated': { en: '{path} was brought up to date', zh: '{path} 已更新' },
  'rescan.control-made': {
    en: '{path} was missing and was written anew',
    zh: '{path} 缺失，已重新写入',
  },
  'rescan.control-renewed': {
    en: '{path} was damaged and was written anew; the old one is {path}.damaged',
    zh: '{path} 已损坏，已重新写入；旧文件为 {path}.damaged',
  },
  'rescan.control-damaged': {
    en: '{problem}; no task here can give it back',
    zh: '{problem}；此处没有可据以重建的任务',
  },
  'rescan.control-too-new': {
    en: '{problem}; it was left to that version',
    zh: '{problem}；留待该版本处理',
  },
  'rescan.no-control': {
    en: '{directory} has no control file and its task is not known here',
    zh: '{directory} 没有控制文件，其任务在此处也未知',
  },
  'rescan.not-repaired': {
    en: '{directory} was not repaired: {problem}',
    zh: '{directory} 未能修复：{problem}',
  },
  'rescan.cluster-secrets': {
    en: 'cluster {cluster} needs the secrets of {service} again ({secrets}): see `holdfast cluster set`',
    zh: '集群 {cluster} 需要重新输入 {service} 的密钥项（{secrets}）：请用 `holdfast cluster set`',
  },
  'rescan.task-passphrase': {
    en: 'task {task} needs its archive passphrase again ({services}): see `holdfast task set`',
    zh: '任务 {task} 需要重新输入归档口令（{services}）：请用 `holdfast task set`',
  },
  'rescan.storage-found': {
    en: 'task {task}: {service} goes to the storage {storage}',
    zh: '任务 {task}：{service} 存放于存储 {storage}',
  },
  'rescan.storage-unknown': {
    en: 'task {task}: {service} goes to the storage {storage} ({driver}), which is not known here: add it and rescan it',
    zh: '任务 {task}：{service} 存放于存储 {storage}（{driver}），此处尚未添加：请添加并重新扫描',
  },
  'rescan.no-schedule': {
    en: 'task {task} has no schedule here: {problem}',
    zh: '任务 {task} 在此处没有计划时间：{problem}',
  },
  'rescan.cluster-not-taken': {
    en: 'cluster {cluster} was not taken over: {problem}',
    zh: '未接管集群 {cluster}：{problem}',
  },
  'rescan.task-not-taken': {
    en: 'task {task} was not taken over: {problem}',
    zh: '未接管任务 {task}：{problem}',
  },
  'rescan.unknown-source': {
    en: 'this version knows no source of type "{source}"',
    zh: '此版本没有类型为“{source}”的数据源',
  },
  'rescan.twin-services': {
    en: 'two of its services are called {name}',
    zh: '有两个服务同名：{name}',
  },
});
