import { fillText } from '../../../shared/errors/text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import * as reasons from './restore/reasons.ts';

/** Why an object is missing, as it follows its name, by the note's code. */
const REASONS: { readonly [code: string]: string } = {
  denied: '账号无权读取（{problem}）',
  unreadable: '集群未能提供（{problem}）',
  'not-found': '按名称选择但不存在',
  'not-seen-again': '为首次读取的内容，未能再次查看其间的变化（{problem}）',
};

/** Whole sentences, by the note's code. */
const SENTENCES: { readonly [code: string]: string } = {
  hidden: '账号不能描述全部{what}：不可见的对象缺失。',
  'not-one-moment':
    'Kafka 没有快照：全部内容在 {from} 至 {to} 之间读取。再次查看列表时更正了 {corrected} 个对象；未变主题的配置与各消费组的位点保持首次读取的内容。',
  unlisted: '可能有消费组缺失：保存消费组的 __consumer_offsets 分区 {partitions} 没有 leader。',
  'verifier-unknown': '{total} 个 SCRAM 凭据不含密码校验值：Kafka 不对外提供。恢复时需要密码。',
  'internal-not-restored': '{total} 个内部主题仅作记录，从不恢复：由集群自行创建。',
  'denied-more': '另有对象账号无权读取，共 {total} 个',
  'unreadable-more': '另有对象集群未能提供，共 {total} 个',
};

/** What a restore does not bring back, by the note's code. */
const RESTORING = new Map(Object.values(reasons).map(({ code, zh }) => [code, zh]));
const MORE = '-more';

const WHAT: { readonly [what: string]: string } = { topics: '主题', groups: '消费组' };

/** A note in Chinese; undefined for one that somebody else wrote. */
export function chineseNote({ code, params }: FidelityNote): string | undefined {
  const reason = REASONS[code] ?? RESTORING.get(code);
  const name = params.name ?? params.branch;
  const sentence = reason === undefined ? (SENTENCES[code] ?? restSentence(code)) : `${name}：${reason}`;
  if (sentence === undefined) return undefined;
  const translated =
    typeof params.what === 'string' ? { ...params, what: WHAT[params.what] ?? params.what } : params;
  return fillText({ en: sentence, zh: sentence }, translated, 'zh');
}

/** Of a reason whose first objects were named: how many there are. */
function restSentence(code: string): string | undefined {
  const reason = code.endsWith(MORE) ? RESTORING.get(code.slice(0, -MORE.length)) : undefined;
  return reason && `共 {total} 个对象：${reason.replace(/\{\w+\}/g, '…')}`;
}
