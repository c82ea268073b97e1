import type { explore as english } from '../en/explore.ts';
import type { Translated } from '../translated.ts';

export const explore: Translated<typeof english> = {
  title: '浏览',
  description: '查看在线集群、恢复点或归档文件的内容。',
  empty: {
    title: '尚未打开',
    text: '请选择要查看的内容。',
  },
};
