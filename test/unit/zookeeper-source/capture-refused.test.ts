import { describe, expect, it } from 'vitest';
import {
  openAcl,
  type Stat,
  type ZooKeeperClient,
  ZooKeeperError,
} from '../../../main/protocols/zookeeper/index.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import { capture } from '../../../main/sources/zookeeper/capture.ts';
import type { Link } from '../../../main/sources/zookeeper/link.ts';
import { MemoryCapture, type MemoryPoint } from '../../support/point-memory.ts';

const selection = { roots: ['/'], include: ['/apps/*/*/config'], exclude: [] };
const whole = ['/', '/apps', '/apps/billing', '/apps/billing/x', '/apps/billing/x/config'];
const hidden = ['/', '/apps'];
const HORIZON = 5n;

type Request = 'read' | 'list';

/** A service without watches, whose answers for one node depend on how often it was asked for it. */
class Service {
  readonly #refused: (request: Request, path: string, times: number) => boolean;
  readonly #changed: Partial<Record<string, Partial<Stat>>>;
  readonly #asked = new Map<string, number>();
  #syncs = 0;

  /** `changed`: what of the stats of nodes differs once they are looked at again. */
  constructor(
    refused: (request: Request, path: string, times: number) => boolean,
    changed: Partial<Record<string, Partial<Stat>>>,
  ) {
    this.#refused = refused;
    this.#changed = changed;
  }

  refuses(request: Request, path: string): boolean {
    const asked = `${request} ${path}`;
    const times = (this.#asked.get(asked) ?? 0) + 1;
    this.#asked.set(asked, times);
    return this.#refused(request, path, times);
  }

  get link(): Link {
    const client = {
      capabilities: async () => ({ addWatch: false }),
      readNodes: async (paths: readonly string[]) => paths.map((path) => this.#read(path)),
      readData: async (paths: readonly string[]) => paths.map((path) => this.#read(path)),
      readChildren: async (paths: readonly string[]) => paths.map((path) => this.#list(path)),
      readStats: async (paths: readonly string[]) => paths.map((path) => this.#stat(path, true)),
    } as unknown as ZooKeeperClient;
    return {
      client,
      chroot: '',
      read: (work: (client: ZooKeeperClient) => unknown) => work(client),
      // Something happens while the first pass runs.
      sync: async () => HORIZON + (this.#syncs++ === 0 ? 0n : 1n),
    } as unknown as Link;
  }

  #read(path: string) {
    if (this.refuses('read', path)) return new ZooKeeperError('NoAuth', { op: 'getData', path });
    return {
      data: Buffer.from(path),
      acl: openAcl,
      stat: this.#stat(path, this.#asked.get(`read ${path}`) !== 1),
    };
  }

  #list(path: string) {
    if (this.refuses('list', path)) return new ZooKeeperError('NoAuth', { op: 'getChildren', path });
    return childrenOf(path);
  }

  #stat(path: string, again: boolean): Stat {
    return {
      ...{ czxid: 1n, mzxid: 1n, pzxid: 1n, ctime: 0, mtime: 0, version: 0, cversion: 0, aversion: 0 },
      ...{ ephemeralOwner: 0n, dataLength: path.length, numChildren: childrenOf(path).length },
      ...(again ? this.#changed[path] : {}),
    };
  }
}

function childrenOf(path: string): string[] {
  const next = whole[whole.indexOf(path) + 1];
  return next === undefined ? [] : [next.slice(next.lastIndexOf('/') + 1)];
}

async function captured(service: Service): Promise<MemoryPoint> {
  const output = new MemoryCapture();
  const gate = new LoadGate({ requestsInFlight: 1 });
  const summary = await capture({ link: service.link, gate, selection, mostRounds: 5, output });
  return output.finish(selection, summary);
}

function tell({ content, missing, position }: MemoryPoint) {
  const paths = content.map(({ key }) => `/${key.join('/')}`);
  return { paths, missing: missing.map(({ params }) => params.path), consistent: position.consistent };
}

describe('a node whose ACL forbids to look below it for a moment', () => {
  const acl = { '/apps/billing': { aversion: 2 } };

  it('right after it was read, is listed again', async () => {
    const service = new Service(
      (request, path, times) => request === 'list' && path === '/apps/billing' && times === 1,
      acl,
    );
    expect(tell(await captured(service))).toEqual({ paths: whole, missing: [], consistent: true });
  });

  it('and goes on to, is missing though it could be read itself', async () => {
    const service = new Service((request, path) => request === 'list' && path === '/apps/billing', acl);
    const { paths, missing, consistent } = tell(await captured(service));
    expect([paths, missing, consistent]).toEqual([whole.slice(0, 3), ['/apps/billing'], true]);
  });

  it('when it is met, is captured when it is met again', async () => {
    const service = new Service((_, path, times) => path === '/apps/billing' && times === 1, {
      '/apps': { pzxid: 6n },
    });
    expect(tell(await captured(service))).toEqual({ paths: whole, missing: [], consistent: true });
  });

  it('when it is met, and is not met again, is missing', async () => {
    const service = new Service((_, path, times) => path === '/apps/billing' && times === 1, acl);
    expect(tell(await captured(service))).toEqual({
      paths: hidden,
      missing: ['/apps/billing'],
      consistent: true,
    });
  });
});
