import { z } from 'zod';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { SourceIdentity } from '../contract.ts';

const zxid = z.string().regex(/^\d+$/).transform(BigInt);

/** What a probe says of an ensemble, which has no id of its own. */
const ensemble = z.object({
  /** Lines of the servers' own list, such as `server.1=host:2888:3888:participant`; else addresses of the connect string. */
  members: z.array(z.string()),
  /** The path that is taken for the root. */
  chroot: z.string(),
  /** As `History` in `history.ts` has them. */
  zxid,
  pzxid: zxid,
  births: z.array(z.string()),
});
type Ensemble = z.infer<typeof ensemble>;

/** By its history and its members, for an ensemble has no id. */
export const ensembleIdentity: SourceIdentity = {
  differs: (known, now) => {
    const before = ensemble.safeParse(known).data;
    const after = ensemble.safeParse(now).data;
    if (before === undefined || after === undefined) return false;
    if (before.chroot !== after.chroot) return true;
    if (before.births.some((birth) => after.births.includes(birth))) return false;
    return isOtherHistory(before, after) || areStrangers(before, after);
  },
  about: {
    en: `An ensemble has no id. It is the same one when a node right below the root is still there that was made in the same transaction at the same time. Without such a node, it counts as another one when

- its last zxid is below the one seen before: an ensemble never goes back;
- the root's list of children was last changed before that zxid, and yet not when it had been: so it is for an ensemble that was begun anew, empty or not;
- the servers' own list of members (\`/zookeeper/config\`) has no quorum address in common with the one before. Standalone servers have no such list, and behind a path in the connect string it cannot be read.

It also counts as another one when the path at the end of the connect string is another. Servers may come and go, and the connect string may be written otherwise. A stranger whose root was changed later than anything seen before, and whose members are called alike or not listed, cannot be noticed.`,
    zh: `ZooKeeper 集群没有自身的 ID。若根路径下仍有某个节点，其创建事务与创建时间均与之前相同，即视为同一集群。没有这样的节点时，出现下列情况之一即视为另一个集群：

- 最新 zxid 小于之前所见：集群的 zxid 不会后退；
- 根路径的子节点列表最后一次变更早于该 zxid，却与之前记录的变更不同：重新建立的集群（无论是否为空）即如此；
- 服务器自己的成员列表（\`/zookeeper/config\`）与之前没有任何相同的仲裁地址。单机没有该列表，连接串末尾带路径时也无法读取。

连接串末尾的路径不同，同样视为另一个集群。服务器可以增减，连接串的写法可以改变。若陌生集群根路径的变更晚于之前所见的一切，且成员名称相同或未列出，则无法察觉。`,
  },
};

/**
 * Whether zxids of a point can be held against those of the service at hand: the point tells what it was captured from,
 * and nothing shows that to be another ensemble.
 */
export function sharesZxids(point: JsonObject, now: JsonObject): boolean {
  return ensemble.safeParse(point).success && !ensembleIdentity.differs(point, now);
}

function isOtherHistory(before: Ensemble, after: Ensemble): boolean {
  return after.zxid < before.zxid || (after.pzxid !== before.pzxid && after.pzxid <= before.zxid);
}

function areStrangers({ members: before }: Ensemble, { members: after }: Ensemble): boolean {
  const known = new Set(before.flatMap(quorumAddresses));
  const now = after.flatMap(quorumAddresses);
  return known.size > 0 && now.length > 0 && !now.some((address) => known.has(address));
}

/** `host:port` of a line of the servers' list, several where it listens at several; none of an address that a person gave. */
function quorumAddresses(member: string): string[] {
  const addresses = /^server\.\d+=([^;]+)/.exec(member)?.[1] ?? '';
  return addresses.split('|').flatMap((address) => /^(.+?:\d+):\d+/.exec(address)?.[1] ?? []);
}
