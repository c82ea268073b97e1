import type { compare as english } from '../en/compare.ts';
import type { Translated } from '../translated.ts';

export const compare: Translated<typeof english> = {
  title: '比较',
  description: '逐条比较两个恢复点，或恢复点与在线集群。',
  empty: {
    title: '尚无可比较的内容',
    text: '恢复点由备份产生。',
  },
};
