import type { tasks as english } from '../en/tasks.ts';
import type { Translated } from '../translated.ts';

export const tasks: Translated<typeof english> = {
  title: '任务',
  description: '备份内容、目标与时间。',
  empty: {
    title: '还没有任务',
    text: '任务定义哪些服务备份到哪个存储，以及何时执行。',
  },
};
