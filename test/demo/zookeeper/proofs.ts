import type { ShownDifference } from '../../../shared/model/listing.ts';
import { apart, firstFew } from '../against.ts';
import { type Moment, THEN } from '../moments.ts';
import type { Proof } from '../report.ts';
import {
  compareTrees,
  differenceText,
  nextSequence,
  type Tree,
  type TreeDifference,
  withoutEphemerals,
} from './tree.ts';

/** The archive, read by tar and a JSON parser, holds what ZooKeeper's Java client saw. */
export function archiveProof(filled: Tree, differences: readonly TreeDifference[]): Proof {
  return {
    proof: 'archive-as-filled',
    equal: differences.length === 0,
    claim: {
      en: 'Plain tar and a JSON parser find in the archive every znode that ZooKeeper’s Java client saw ({znodes}), data and ACLs alike',
      zh: '仅用 tar 和 JSON 解析器即可在归档中找到 ZooKeeper Java 客户端看到的全部 {znodes} 个节点，数据与 ACL 一致',
    },
    facts: { znodes: filled.size, differences: differences.length },
    differences: firstFew(differences.map(differenceText)),
  };
}

/** What we show as different is what ZooKeeper's Java client sees as different. */
export function differencesProof(filled: Tree, broken: Tree, ours: readonly ShownDifference[]): Proof {
  const seen = compareTrees(withoutEphemerals(filled), withoutEphemerals(broken)).map(differenceText);
  const told = ours.map(({ change, key, members }) =>
    differenceText({ change, path: `/${key.join('/')}`, members }),
  );
  const against = apart(['only Java sees', seen], ['only holdfast shows', told]);
  return {
    proof: 'diff-as-seen-by-java',
    equal: against.length === 0 && seen.length > 0,
    claim: {
      en: 'holdfast diff names exactly the {differences} differences that ZooKeeper’s Java client sees',
      zh: 'holdfast diff 给出的差异与 ZooKeeper Java 客户端看到的 {differences} 处完全一致',
    },
    facts: { differences: seen.length },
    differences: firstFew(against),
  };
}

/** Paths, data and ACLs are equal; ephemeral znodes come back with the programs that own them. */
export function contentProof(now: Moment, then: Moment, before: Tree, after: Tree): Proof {
  const left = withoutEphemerals(before);
  const differences = compareTrees(left, withoutEphemerals(after));
  const ephemerals = before.size - left.size;
  const text = {
    en: `By ZooKeeper’s Java client: all {znodes} znodes are ${THEN[then].en}, data byte for byte and ACLs alike`,
    zh: `由 ZooKeeper Java 客户端确认：全部 {znodes} 个节点${THEN[then].zh}一致，数据逐字节相同，ACL 相同`,
  };
  const besides = {
    en: ' (the {ephemeralsNotRestored} ephemeral ones come back with the programs that own them)',
    zh: '（{ephemeralsNotRestored} 个临时节点将由其所属程序重新创建）',
  };
  return {
    proof: `${now}-as-${then}`,
    equal: differences.length === 0,
    claim: ephemerals === 0 ? text : { en: text.en + besides.en, zh: text.zh + besides.zh },
    facts: { znodes: left.size, differences: differences.length, ephemeralsNotRestored: ephemerals },
    differences: firstFew(differences.map(differenceText)),
  };
}

/**
 * Sequence counters never fall behind, so that no name is given out twice; where nothing but the restore itself
 * created children they are exact. Each child created again in a parent that stayed counts once more.
 */
export function sequenceProof(now: Moment, then: Moment, before: Tree, after: Tree): Proof {
  let [exact, higher] = [0, 0];
  const wrong: string[] = [];
  for (const [path, old] of withoutEphemerals(before)) {
    const znode = after.get(path);
    if (znode === undefined) continue;
    const [wanted, found] = [nextSequence(old), nextSequence(znode)];
    if (found === wanted) exact += 1;
    else if (found > wanted && znode.czxid === old.czxid) higher += 1;
    else wrong.push(`${path}: next is ${found}, was ${wanted}`);
  }
  return {
    proof: `${now}-sequences-as-${then}`,
    equal: wrong.length === 0,
    claim: {
      en: 'Sequence counters: {exact} exactly as they were, {higher} higher (their own children were restored one by one), none lower',
      zh: '顺序计数器：{exact} 个完全一致，{higher} 个更高（其子节点被逐一恢复），没有更低的',
    },
    facts: { exact, higher, lower: wrong.length },
    differences: firstFew(wrong),
  };
}

/** What was not broken was not written: not even its version or transaction id moved. */
export function untouchedProof(now: Moment, filled: Tree, broken: Tree, after: Tree): Proof {
  const untouched = [...filled].filter(([path, old]) => {
    const then = broken.get(path);
    return then?.mzxid === old.mzxid && then.aversion === old.aversion;
  });
  const moved = untouched.filter(([path, old]) => {
    const znode = after.get(path);
    return znode?.mzxid !== old.mzxid || znode.czxid !== old.czxid || znode.aversion !== old.aversion;
  });
  return {
    proof: `${now}-left-the-rest-alone`,
    equal: moved.length === 0 && untouched.length > 0,
    claim: {
      en: '{untouched} znodes that were not broken were not written either: versions and transaction ids are the same',
      zh: '{untouched} 个未被破坏的节点也未被改写：版本号与事务 id 保持不变',
    },
    facts: { untouched: untouched.length, rewritten: moved.length },
    differences: firstFew(moved.map(([path]) => path)),
  };
}

/** A sequential create gives the number that it would have given before. */
export function nextNumberProof(parent: string, expected: string, created: string | undefined): Proof {
  return {
    proof: 'next-sequence-number',
    equal: created === expected,
    claim: {
      en: 'ZooKeeper’s own shell: the next sequential znode is {created}, as if nothing had happened',
      zh: 'ZooKeeper 自带的命令行：下一个顺序节点是 {created}，就像什么都没发生过',
    },
    facts: { parent, expected, created: created ?? '' },
    differences: created === expected ? [] : [`expected ${expected}`],
  };
}
