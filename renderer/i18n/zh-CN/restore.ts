import type { restore as english } from '../en/restore.ts';
import type { Translated } from '../translated.ts';

export const restore: Translated<typeof english> = {
  title: '恢复',
  description: '将集群恢复到某个恢复点，变更前可查看每一项修改。',
  empty: {
    title: '尚无可用于恢复的内容',
    text: '恢复点由备份产生。',
  },
};
