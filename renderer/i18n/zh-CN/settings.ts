import type { settings as english } from '../en/settings.ts';
import type { Translated } from '../translated.ts';

export const settings: Translated<typeof english> = {
  title: '设置',
  description: '保险库、密钥、存储与本程序。',
  empty: {
    title: '暂无设置',
    text: '语言和外观可在右上角选择。',
  },
};
