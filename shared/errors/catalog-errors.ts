import { defineErrors } from './definition.ts';

export const catalogErrors = defineErrors({
  'catalog.damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'The catalog {path} is damaged: {problem}', zh: '目录库 {path} 已损坏：{problem}' },
    remedy: {
      en: 'Move the file away and run "holdfast storage rescan" for each storage: tasks and recovery points come back from there. Only clusters, storages and the history of runs are entered again.',
      zh: '请将该文件移走，并对每个存储执行 “holdfast storage rescan”：任务和恢复点会从存储中重建，只有集群、存储和运行历史需要重新录入。',
    },
  },
  'catalog.too-new': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'The catalog {path} was written by a newer Holdfast (schema {found}, this one knows {known})',
      zh: '目录库 {path} 由更新版本的 Holdfast 写入（模式 {found}，当前版本支持 {known}）',
    },
    remedy: {
      en: 'Use the newer version, or start with another data directory and rescan the storages.',
      zh: '请使用更新的版本，或换用其他数据目录并重新扫描存储。',
    },
  },
  'catalog.failed': {
    category: 'internal',
    retryable: true,
    message: {
      en: 'The catalog {path} cannot be read or written: {problem}',
      zh: '无法读写目录库 {path}：{problem}',
    },
    remedy: {
      en: 'Check free space and rights of the data directory; try again.',
      zh: '请检查数据目录的可用空间和权限后重试。',
    },
  },
  'catalog.name-taken': {
    category: 'conflict',
    retryable: false,
    message: { en: 'The name "{name}" is taken', zh: '名称“{name}”已被占用' },
    remedy: { en: 'Choose another name.', zh: '请换一个名称。' },
  },
  'catalog.in-use': {
    category: 'conflict',
    retryable: false,
    message: { en: '"{name}" is used by: {tasks}', zh: '“{name}”正被以下任务使用：{tasks}' },
    remedy: { en: 'Remove or change these tasks first.', zh: '请先删除或修改这些任务。' },
  },
  'catalog.no-cluster': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no cluster "{name}"', zh: '没有集群“{name}”' },
    remedy: {
      en: 'List the clusters with `holdfast cluster list`, or add it with `holdfast cluster add`.',
      zh: '请用 `holdfast cluster list` 查看集群列表，或用 `holdfast cluster add` 添加。',
    },
  },
  'catalog.no-storage': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no storage "{name}"', zh: '没有存储“{name}”' },
    remedy: {
      en: 'List the storages with `holdfast storage list`, or add it with `holdfast storage add`.',
      zh: '请用 `holdfast storage list` 查看存储列表，或用 `holdfast storage add` 添加。',
    },
  },
  'catalog.no-task': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no task "{name}"', zh: '没有任务“{name}”' },
    remedy: {
      en: 'List the tasks with `holdfast task list`, or make it with `holdfast task create`; rescan the storage if it should be there.',
      zh: '请用 `holdfast task list` 查看任务列表，或用 `holdfast task create` 创建；如应存在，请重新扫描存储。',
    },
  },
  'catalog.ambiguous-id': {
    category: 'input',
    retryable: false,
    message: { en: 'Several ids begin with "{id}"', zh: '有多个编号以“{id}”开头' },
    remedy: { en: 'Give more digits of the id.', zh: '请输入更多位编号。' },
  },
});
