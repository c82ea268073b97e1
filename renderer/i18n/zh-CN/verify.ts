import type { verify as english } from '../en/verify.ts';
import type { Translated } from '../translated.ts';

export const verify: Translated<typeof english> = {
  title: '校验',
  description: '确认归档与写入时一致。',
  what: '校验对象',
  empty: {
    title: '请选择校验对象',
    text: '恢复点及其所有归档，或主机上的归档文件。仅读取，不修改。',
  },
  level: {
    label: '深度',
    content: '每个条目',
    file: '文件',
  },
  levelHelp: {
    content: '读取并打开每个字节，逐条检查所有条目。加密的归档需要密钥。',
    file: '读取每个字节并与校验和比较，无需密钥。',
  },
  history: {
    title: '最近校验',
    never: '从未校验',
  },
  sound: '完好',
  damaged: '已损坏',
  start: '开始校验',
  again: '重新校验',
  stop: '停止',
  stopped: '已停止。目前的结果显示在下方。',
  reading: '读取中',
  role: '校验会给存储带来负载，仅限操作员。',
  state: {
    idle: '开始之前不会读取任何内容。',
    waiting: '打开中…',
    flowing: '正在读取每个字节。',
    ended: '已完成。',
    failed: '无法校验。',
  },
  proved: {
    content: '每个字节均与写入时一致，所有条目均可读取。',
    file: '每个字节均与写入时一致。未检查各条目是否可读。',
  },
  report: {
    save: '保存报告',
    damagedText: '受损部分列于下方。请使用其他副本或其他恢复点。',
    where: '位置',
    problem: '问题',
    archive: '归档',
    read: '已读取',
    entries: '条目',
    signer: '签名者',
    nobody: '无',
  },
};
