import type { target as english } from '../en/target.ts';
import type { Translated } from '../translated.ts';

export const target: Translated<typeof english> = {
  kind: '类型',
  kinds: {
    cluster: '在线集群',
    point: '恢复点',
    file: '归档文件',
  },
  live: '在线',
  undo: '撤销点',
  service: '服务',
  choose: '请选择…',
  noClusters: '尚无集群',
  noPoints: '尚无恢复点',
  file: {
    label: '主机上归档文件的路径',
    placeholder: '/var/backups/0_ZooKeeper_20260301020000.tar.gz',
    open: '打开',
  },
  sealed: {
    title: '该归档已加密',
    text: '需使用口令或其中一个密钥打开。您提供的内容仅保留在此页面中，离开后即清除。',
    ways: '可使用以下方式打开：{ways}',
    passphrase: '口令',
    keyFile: '选择密钥文件',
    open: '打开',
  },
};
