import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import { dumpWithJava, fillAndHoldWithJava } from '../../foreign/zookeeper.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { zooKeeperVersions } from '../../servers/zookeeper-config.ts';
import type { Moment } from '../moments.ts';
import type { Facts, Proof } from '../report.ts';
import type { StepNotes } from '../stage.ts';
import type { System } from '../system.ts';
import { breakageCommands, planBreakage } from './breakage.ts';
import {
  archiveProof,
  contentProof,
  differencesProof,
  nextNumberProof,
  sequenceProof,
  untouchedProof,
} from './proofs.ts';
import { runZooKeeperShell } from './shell.ts';
import { nextSequence, type Tree, treeFacts, treeOf } from './tree.ts';
import { compareUnpacked } from './unpacked.ts';

const VERSION = '3.9';
const ROOT = '/demo';
const QUEUE = `${ROOT}/queue`;
const FILL = { path: ROOT, count: 4000, seed: 42, largest: 900_000 };
const ITEMS_A_ROUND = 150;
const ACCOUNT = 'super';

/** Starts a real ZooKeeper whose data and password file live in `folder`; the signal ends what its clients do. */
export async function startZooKeeperSystem(folder: string, signal: AbortSignal): Promise<System> {
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'zookeeper.password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const server = await startZooKeeper({
    version: VERSION,
    superPassword: password,
    dataDir: join(folder, 'zookeeper'),
  });
  return new ZooKeeperSystem(server, `${ACCOUNT}:${password}`, passwordFile, signal);
}

class ZooKeeperSystem implements System {
  readonly service = 'ZooKeeper';
  readonly version = zooKeeperVersions[VERSION];
  readonly browsePath = ROOT;
  readonly taskFlags = ['--source', 'ZooKeeper'];
  readonly #server: ZooKeeperServer;
  readonly #digest: string;
  readonly #passwordFile: string;
  readonly #signal: AbortSignal;
  readonly #seen = new Map<Moment, Tree>();
  /** The program that owns the ephemeral znodes. */
  #program: AsyncDisposable | undefined;

  constructor(server: ZooKeeperServer, digest: string, passwordFile: string, signal: AbortSignal) {
    this.#server = server;
    this.#digest = digest;
    this.#passwordFile = passwordFile;
    this.#signal = signal;
  }

  get address(): string {
    return this.#server.connectString;
  }

  get clusterFlags(): readonly string[] {
    const account = ['--auth', 'digest', '--user', ACCOUNT, '--password-file', this.#passwordFile];
    return ['--source', 'zookeeper', '--connect-string', this.address, ...account];
  }

  async fill(notes: StepNotes): Promise<void> {
    this.#program = await fillAndHoldWithJava(this.#server, FILL, { digest: this.#digest });
    notes.facts(await this.look('filled'), {
      en: '{znodes} znodes, {bytes} bytes, the largest {largest}: {aclLists} different ACLs ({passwordProtected} znodes need a password), {withoutData} without data, {emptyData} with empty data, {usedSequences} with a sequence counter ahead of its children, {ephemerals} ephemeral',
      zh: '{znodes} 个节点，共 {bytes} 字节，最大 {largest} 字节：{aclLists} 种 ACL（{passwordProtected} 个节点需要口令），{withoutData} 个无数据，{emptyData} 个空数据，{usedSequences} 个节点的顺序计数器超前于其子节点数，{ephemerals} 个临时节点',
    });
  }

  async look(moment: Moment): Promise<Facts> {
    const tree = treeOf(await dumpWithJava(this.#server, '/', { digest: this.#digest }));
    this.#seen.set(moment, tree);
    return treeFacts(tree);
  }

  async damage(notes: StepNotes): Promise<void> {
    const breakage = planBreakage(ROOT, [...this.#at('filled').values()]);
    await this.#program?.[Symbol.asyncDispose]();
    this.#program = undefined;
    await runZooKeeperShell(this.#server, this.#digest, breakageCommands(breakage), this.#signal);
    notes.say(
      {
        en: 'Deleted with all below: {subtrees}',
        zh: '已删除（含其下全部节点）：{subtrees}',
      },
      { subtrees: breakage.subtrees.join(' ') },
    );
    notes.facts(
      {
        subtreesDeleted: breakage.subtrees.length,
        overwritten: breakage.overwritten.length,
        opened: breakage.opened.length,
        closed: breakage.closed.length,
        junk: breakage.junk.length,
      },
      {
        en: 'Overwritten: {overwritten} znodes. ACLs opened to everybody: {opened}, closed to everybody: {closed}. Junk added: {junk}. The program with the ephemeral znodes is gone',
        zh: '已覆盖 {overwritten} 个节点的数据；{opened} 个节点的 ACL 对所有人开放，{closed} 个对所有人只读；新增 {junk} 个垃圾节点；持有临时节点的程序已退出',
      },
    );
    const { znodes = 0 } = await this.look('broken');
    notes.facts(
      { znodesLeft: znodes },
      { en: '{znodesLeft} znodes are left', zh: '剩余 {znodesLeft} 个节点' },
    );
  }

  async work(): Promise<void> {
    const items = Array.from({ length: ITEMS_A_ROUND }, (_, i) => `create -s ${QUEUE}/item- order-${i}`);
    await runZooKeeperShell(this.#server, this.#digest, items, this.#signal);
  }

  async proveArchive(folder: string): Promise<Proof> {
    const filled = this.#at('filled');
    return archiveProof(filled, await compareUnpacked(folder, filled));
  }

  proveDifferences(shown: readonly ShownDifference[]): Proof {
    return differencesProof(this.#at('filled'), this.#at('broken'), shown);
  }

  proveSame(now: Moment, then: Moment): readonly Proof[] {
    const [before, after] = [this.#at(then), this.#at(now)];
    return [
      contentProof(now, then, before, after),
      sequenceProof(now, then, before, after),
      untouchedProof(now, this.#at('filled'), this.#at('broken'), after),
    ];
  }

  /** Nothing of ZooKeeper is left to people. */
  async finishByHand(): Promise<number> {
    return 0;
  }

  async proveUsable(): Promise<readonly Proof[]> {
    const queue = this.#at('filled').get(QUEUE);
    if (queue === undefined) throw new Error(`${QUEUE} was never filled`);
    const expected = `${QUEUE}/item-${String(nextSequence(queue)).padStart(10, '0')}`;
    const [created] = await runZooKeeperShell(
      this.#server,
      this.#digest,
      [`create -s ${QUEUE}/item- next`],
      this.#signal,
    );
    return [nextNumberProof(QUEUE, expected, created)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program?.[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
  }

  #at(moment: Moment): Tree {
    const tree = this.#seen.get(moment);
    if (tree === undefined) throw new Error(`ZooKeeper was not looked at when ${moment}`);
    return tree;
  }
}
