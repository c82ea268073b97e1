import type { verify as english } from '../en/verify.ts';
import type { Translated } from '../translated.ts';

export const verify: Translated<typeof english> = {
  title: '校验',
  description: '检查归档是否与写入时一致。',
  empty: {
    title: '尚无可校验的内容',
    text: '归档由备份产生。',
  },
};
