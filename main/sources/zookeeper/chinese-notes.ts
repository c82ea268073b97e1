import { fillText, type Params } from '../../../shared/errors/text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

/** Reasons as they follow a node's path, by the note's code. */
const REASONS: { readonly [code: string]: string } = {
  unreadable: '账号无权读取此节点',
  'unreadable-on-the-way':
    '账号无权读取通往按名称所选内容途中的此节点：若它丢失，恢复时创建的节点不含其数据与 ACL',
  'acl-masked': 'ACL 中的密码哈希对捕获账号不可见（缺少 ADMIN 权限）：请手工设置 ACL；不含哈希的条目会保留',
  'root-not-found': '所选子树不存在',
  'acl-unconfirmed': '在捕获时刻之后随即被删除：其 ACL 为稍早读取的值',
  'unseen-left-alone': '捕获时无法查看它：虽然恢复点中没有，它及其下的一切也不会删除',
  'unreadable-left-alone': '账号无权读取现有节点，它及其下的一切保持原样',
  'ephemeral-not-restored': '临时节点属于运行中程序的会话，由该程序重新创建',
  'ephemeral-stays': '运行中的程序持有此临时节点：不会删除',
  'ephemeral-in-the-way': '应为持久节点之处存在运行中程序持有的临时节点',
  'parent-stays': '恢复点中没有它，但其下仍有保留的节点，故予以保留',
  'parent-made': '恢复点中没有它：创建时不带数据，并沿用上级节点的 ACL',
  'acl-locks-out': '其 ACL 会使此账号无法在其下操作：请使用某个身份登录（任意 digest 用户名和密码均可）',
  'counter-not-raised': '其顺序计数器落后过多，超过提升上限：新的顺序节点名可能与旧的重复',
};

/** Whole sentences, by the note's code. */
const SENTENCES: { readonly [code: string]: string } = {
  'not-one-moment':
    '经过 {rounds} 轮重读，集群仍在变化：内容不属于同一时刻；结束时仍有 {unsettled} 个节点在变化。',
  'ephemeral-not-restored': '{total} 个临时节点仅作记录，从不恢复：它们属于运行中程序的会话。',
  'system-nodes-left-out': '/zookeeper 之下仅捕获配额：其余为服务器自身的配置。',
};

/** A note of this source in Chinese; undefined for one that another version wrote. */
export function chineseNote({ code, params }: FidelityNote): string | undefined {
  const reason = REASONS[code.replace(/-more$/, '')];
  if (reason === undefined || (params.path === undefined && !code.endsWith('-more'))) {
    return SENTENCES[code] && filled(SENTENCES[code], params);
  }
  return filled(`${code.endsWith('-more') ? '共 {total} 个节点' : '{path}'}：${reason}`, params);
}

function filled(zh: string, params: Params): string {
  return fillText({ en: zh, zh }, params, 'zh');
}
