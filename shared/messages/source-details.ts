import { defineMessages } from './definition.ts';

/** What exactly a source cannot work with. */
export const sourceDetails = defineMessages({
  'pattern-slash': { en: 'a pattern starts with a slash', zh: '模式须以斜杠开头' },
  'pattern-empty': { en: 'a component is empty', zh: '有一级名称为空' },
  'pattern-dots': { en: '"." and ".." are no names of nodes', zh: '“.”和“..”不能作为节点名' },
  'pattern-backslash': { en: 'nothing follows the backslash', zh: '反斜杠之后没有内容' },
  'user-and-password': { en: 'user and password are needed', zh: '需要用户名和密码' },
  'no-host-port': { en: '"{server}" is no host:port', zh: '“{server}”不是 主机:端口' },
  'no-other-name': {
    en: 'what a Kafka has cannot be put under another name',
    zh: 'Kafka 的对象不能以其他名称恢复',
  },
  'no-branch': { en: 'it begins with none of {branches}', zh: '开头不属于：{branches}' },
  'no-acl': { en: 'the key names no ACL', zh: '键未指明 ACL' },
  'replicas-misfit': { en: 'replicas do not fit partitions', zh: '副本与分区不符' },
  'other-cluster': {
    en: 'it belongs to cluster {there}, not to {expected}',
    zh: '它属于集群 {there}，而不是 {expected}',
  },
});
