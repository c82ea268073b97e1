import { expect } from 'vitest';
import type { Acl, MultiOp, ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';

const start = 1000;
const logged = 10;
// Below nodes of their own: siblings would be read in one batch.
const seals = ['/bank/aaa/seal', '/bank/zzz/seal'];
/**
 * A tree whose nodes change together, so that a capture of more than one moment shows:
 * - money moves between accounts: their sum stays;
 * - each transfer, in the same transaction, appends to the log, drops its oldest line and counts in `count`: the log has
 *   the last ten, and its sequence counter is the count;
 * - two seals, at both ends of the tree, get the ACL of round k one after the other, and nothing else: no watch tells;
 * - the guarded node gets its ACL of round k, then k as its data: the ACL is that of k or k + 1.
 */
export class Bank {
  readonly #client: ZooKeeperClient;
  readonly #accounts: number;
  #balances: number[];
  #transfers = 0;
  #round = 0;
  #sealed = 0;

  private constructor(client: ZooKeeperClient, accounts: number) {
    this.#client = client;
    this.#accounts = accounts;
    this.#balances = Array.from({ length: accounts }, () => start);
  }

  /** Accounts lie between `filler` other nodes, so that a capture takes a while to get from one to the next. */
  static async open(client: ZooKeeperClient, accounts: number, filler: number): Promise<Bank> {
    await client.create('/bank', null);
    await client.create('/bank/count', Buffer.from('0'));
    await client.create('/bank/guard', Buffer.from('0'), { acl: guardAcl(0) });
    for (const path of ['/bank/aaa', '/bank/zzz']) await client.create(path, null);
    for (const path of seals) await client.create(path, null, { acl: guardAcl(0) });
    await client.create('/bank/log', null);
    const perAccount = Math.ceil(filler / accounts);
    const waiting: Promise<unknown>[] = [];
    for (let account = 0; account < accounts; account++) {
      const path = `/bank/${name(account)}`;
      const ops: MultiOp[] = [{ op: 'create', path, data: Buffer.from(`${start}`) }];
      for (let i = 0; i < perAccount; i++)
        ops.push({ op: 'create', path: `${path}/f${i}`, data: Buffer.alloc(50) });
      waiting.push(client.multi(ops));
    }
    await Promise.all(waiting);
    return new Bank(client, accounts);
  }

  /** One transfer with a line in the log. */
  async transfer(): Promise<void> {
    const number = this.#transfers++;
    const ops = this.#move();
    ops.push({
      op: 'create',
      path: '/bank/log/',
      data: Buffer.from(`${number}`),
      mode: 'persistentSequential',
    });
    ops.push({ op: 'setData', path: '/bank/count', data: Buffer.from(`${number + 1}`) });
    if (number >= logged) ops.push({ op: 'delete', path: `/bank/log/${sequence(number - logged)}` });
    await this.#client.multi(ops);
  }

  /** Money moves, and nothing is created or deleted. */
  async move(): Promise<void> {
    await this.#client.multi(this.#move());
  }

  async guard(): Promise<void> {
    const round = ++this.#round;
    await this.#client.setAcl('/bank/guard', guardAcl(round));
    await this.#client.setData('/bank/guard', Buffer.from(`${round}`));
  }

  async seal(): Promise<void> {
    const round = ++this.#sealed;
    for (const path of seals) await this.#client.setAcl(path, guardAcl(round));
  }

  #move(): MultiOp[] {
    const from = Math.floor(Math.random() * this.#accounts);
    const to = (from + 1 + Math.floor(Math.random() * (this.#accounts - 1))) % this.#accounts;
    const amount = Math.floor(Math.random() * 100);
    this.#balances[from] = (this.#balances[from] ?? 0) - amount;
    this.#balances[to] = (this.#balances[to] ?? 0) + amount;
    return [from, to].map((account) => ({
      op: 'setData',
      path: `/bank/${name(account)}`,
      data: Buffer.from(`${this.#balances[account]}`),
    }));
  }
}

/** Fails when the point is not of one moment. */
export function expectOneMoment(point: MemoryPoint, accounts: number): void {
  const data = new Map(point.content.map(({ key, content }) => [key.join('/'), text(content.data)]));
  let sum = 0;
  for (let account = 0; account < accounts; account++) sum += Number(data.get(`bank/${name(account)}`));
  expect(sum).toBe(accounts * start);

  const count = Number(data.get('bank/count'));
  const log = point.content.find(({ key }) => key.join('/') === 'bank/log');
  expect(log?.observed.nextSequence).toBe(count);
  const lines = point.content
    .filter(({ key }) => key.length === 3 && key[1] === 'log')
    .map(({ key }) => key[2]);
  const first = Math.max(0, count - logged);
  expect(lines).toEqual(Array.from({ length: count - first }, (_, i) => sequence(first + i)));
  expect(log?.observed.numChildren).toBe(lines.length);

  const [earlier, later] = seals.map((path) =>
    roundOf(point.content.find(({ key }) => `/${key.join('/')}` === path)?.content.acl),
  );
  expect([later, (later ?? Number.NaN) + 1]).toContain(earlier);

  const round = Number(data.get('bank/guard'));
  const guard = point.content.find(({ key }) => key.join('/') === 'bank/guard');
  expect([guardAcl(round), guardAcl(round + 1)]).toContainEqual(guard?.content.acl);
}

function guardAcl(round: number): Acl[] {
  return [
    { perms: 1 + (round % 31), scheme: 'digest', id: `round-${round}:hash` },
    { perms: 31, scheme: 'world', id: 'anyone' },
  ];
}

function roundOf(acl: unknown): number {
  return Number(/round-(\d+):/.exec(JSON.stringify(acl))?.[1]);
}

function name(account: number): string {
  return `account-${String(account).padStart(4, '0')}`;
}

function sequence(number: number): string {
  return String(number).padStart(10, '0');
}

function text(data: unknown): string {
  return typeof data === 'string' ? Buffer.from(data, 'base64').toString() : '';
}
