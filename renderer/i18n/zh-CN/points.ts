import type { points as english } from '../en/points.ts';
import type { Translated } from '../translated.ts';

export const points: Translated<typeof english> = {
  title: '恢复点',
  description: '可以恢复到的时间点。',
  empty: {
    title: '还没有恢复点',
    text: '每次备份都会产生一个恢复点。',
  },
};
