import type { clusters as english } from '../en/clusters.ts';
import type { Translated } from '../translated.ts';

export const clusters: Translated<typeof english> = {
  title: '集群',
  description: '备份与恢复的对象：集群及其服务。',
  filter: '按名称筛选',
  test: '测试连接',
  testAgain: '重新测试',
  noLimit: '不限',
  secretSet: '已设置，保存在保险库中',
  contentSet: '已设置',
  nameInvalid: '最多 100 个字符，不能包含斜杠、冒号或控制字符',
  empty: {
    title: '还没有集群',
    text: '添加需要保护的集群。',
  },
  field: {
    name: '名称',
    services: '服务',
    service: '服务名称',
    restores: '恢复',
    created: '添加时间',
    readOnly: '只读',
    requestsInFlight: '最大并发请求数',
    objectsPerSecond: '每秒最大对象数',
  },
  readOnly: {
    on: '禁止恢复',
    off: '允许',
  },
  help: {
    name: '集群的称呼。',
    environment: '生产环境将降低负载，变更前会要求更多确认。',
    readOnly: '禁止向该集群恢复任何内容。',
    services: '需要备份的服务及其连接方式。',
    test: '逐一检查各服务能否连接和读取，不会做任何更改。',
  },
  add: {
    title: '添加集群',
    name: '名称与用途',
    services: '服务',
    test: '测试',
    summary: '确认',
    finish: '添加集群',
    removeService: '移除 {service}',
  },
  edit: {
    title: '修改',
    heading: '修改 {name}',
    save: '保存',
  },
  remove: {
    title: '移除',
    action: '移除集群',
    text: 'Holdfast 将不再记录该集群，集群本身及其归档不受影响。',
  },
};
