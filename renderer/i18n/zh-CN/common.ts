import type { common as english } from '../en/common.ts';
import type { Translated } from '../translated.ts';

export const common: Translated<typeof english> = {
  loading: '加载中',
  retry: '重试',
  copy: '复制',
  copied: '已复制',
  close: '关闭',
  splitter: '窗格宽度',
  cancel: '取消',
  yes: '是',
  no: '否',
  bytes_other: '{number} 字节',
  command: {
    show: '显示命令',
    help: '等效的命令行：',
  },
  rename: {
    open: '重命名…',
    title: '重命名 {name}',
    as: '新名称',
    action: '重命名',
    invalid: '最多 100 个字符；不能含斜杠、冒号或控制字符',
    text: {
      cluster: '任务、恢复点和运行仍归其所有。',
      storage: '其中的内容保持不变，任务继续写入此处。',
      task: '恢复点、运行和计划仍归其所有；它在存储中的文件夹保留原有名称。',
    },
    untold: '新名称已生效。目前无法通知以下存储：{storages}。下次在该处运行时会写入其控制文件。',
  },
  confirm: {
    type: '请输入“{name}”以确认',
  },
  wizard: {
    steps: '步骤',
    back: '上一步',
    next: '下一步',
  },
  form: {
    advanced: '高级选项',
    storedSecret: '保持不变',
    chooseFile: '选择文件',
  },
  group: {
    limits: '限制',
    tls: 'TLS 加密',
    zookeeper: 'ZooKeeper',
  },
  plot: {
    size: '大小',
    duration: '耗时',
    range: '{least} 至 {most}',
  },
  progress: {
    of: '{done} / {total}',
    rate: '{rate} 个/秒',
    byteRate: '{rate}/秒',
    left: '剩余 {time}',
  },
  check: {
    passed: '通过',
    warning: '警告',
    failed: '失败',
    unknown: '无法检查',
    running: '检查中…',
    again: '重新检查',
  },
  forRole: {
    title: '您的角色没有此权限',
    operator: '仅操作员和管理员可以执行。',
    admin: '仅管理员可以执行。',
  },
  environment: {
    label: '环境',
    production: '生产',
    staging: '预发布',
    test: '测试',
    development: '开发',
  },
  runState: {
    running: '运行中',
    succeeded: '成功',
    incomplete: '不完整',
    conflict: '有冲突',
    failed: '失败',
    cancelled: '已取消',
    interrupted: '已中断',
  },
  runReason: {
    schedule: '计划',
    catchUp: '补跑',
    person: '手动',
  },
  runKind: {
    backup: '备份',
    restore: '恢复',
    undo: '撤销恢复',
  },
};
