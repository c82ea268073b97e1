import type { Text } from '../errors/text.ts';
import { defineMessages } from './definition.ts';

/** What of an archive is damaged. */
export const DAMAGE_AREAS = defineMessages({
  file: { en: 'file', zh: '文件' },
  header: { en: 'header', zh: '文件头' },
  frame: { en: 'frame', zh: '部分的 tar 头' },
  block: { en: 'block', zh: '块' },
  lines: { en: 'lines', zh: '行' },
  fingerprints: { en: 'fingerprints', zh: '指纹' },
  blob: { en: 'blob', zh: '数据块' },
  page: { en: 'index page', zh: '索引页' },
  root: { en: 'index root', zh: '索引根' },
  manifest: { en: 'manifest', zh: '清单' },
  footer: { en: 'footer', zh: '尾部信息' },
  trailer: { en: 'trailer', zh: 'gzip 尾部' },
  counts: { en: 'counts', zh: '计数' },
  signature: { en: 'signature', zh: '签名' },
});

export const DAMAGE = defineMessages({
  part: { en: 'part {part}', zh: '第 {part} 部分' },
  block: { en: 'block {block}', zh: '第 {block} 块' },
  keys: { en: 'keys {from} to {to}', zh: '键 {from} 至 {to}' },
  /** A damage in one sentence. */
  at: { en: '{where}: {problem}', zh: '{where}：{problem}' },
  unknown: { en: 'unknown', zh: '未知' },
  rest: { en: 'the rest', zh: '其余' },
  'more-findings': { en: '{count} more findings', zh: '另有 {count} 处' },
  'checksum-file': {
    en: 'the checksum file does not hold the checksum of the archive',
    zh: '校验和文件中的值不是该归档的校验和',
  },
});

/** Parts of a description, one after the other. */
export function listed(texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => en).join(', '), zh: texts.map(({ zh }) => zh).join('，') };
}
