import type { overview as english } from '../en/overview.ts';
import type { Translated } from '../translated.ts';

export const overview: Translated<typeof english> = {
  title: '总览',
  description: '哪些已受保护、哪些没有，以及需要关注的事项。',
  addCluster: '添加集群',
  attention: {
    title: '需要关注',
    none: '没有。所有任务按时完成，所有服务均已备份。',
    overdue: '（{cluster}）已逾期：到期后没有可用的恢复点',
    failed: '（{cluster}）：上次运行未能正常完成',
    unprotected: '{service} 不属于任何任务，未备份',
    full: '即将写满：剩余 {free}',
    run: '查看该运行',
    protect: '设置保护',
  },
  running: '正在运行',
  follow: '跟踪',
  next: '即将运行',
  column: {
    cluster: '集群',
    protected: '受保护',
    lastGood: '最近可用恢复点',
    lastRun: '上次运行',
    next: '下次运行',
  },
  protected: '{done} / {all} 个服务',
  storages: '存储',
  storage: {
    fill: '{name} 的使用情况',
    unknown: '可用空间未知',
    free: '剩余 {free}，已用 {used}',
    archives_other: '{count} 个归档，{size}',
  },
  first: {
    welcome:
      'Holdfast 备份并恢复集群重建所必需的状态：ZooKeeper 和 Kafka 的元数据。目前尚未配置，请从以下任一项开始：',
    cluster: {
      title: '保护集群',
      text: '填写 ZooKeeper 或 Kafka 的连接方式，保存前会测试连接。',
    },
    archive: {
      title: '打开归档',
      text: '无需集群或任何配置，直接查看 Holdfast 归档文件。',
      action: '选择归档',
    },
    demo: {
      title: '试用演示',
      text: '在本机启动真实的 ZooKeeper，并附带可查看的备份。请在项目目录中运行：',
    },
  },
};
