import type { runs as english } from '../en/runs.ts';
import type { Translated } from '../translated.ts';

export const runs: Translated<typeof english> = {
  title: '运行',
  description: '当前与历史的备份和恢复。',
  empty: {
    title: '还没有运行',
    text: '任务启动后，运行将显示在此处。',
  },
};
