import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { startChild } from '../../storages/child.ts';
import { archivesIn } from './storage-folder.ts';
import { Workstation } from './workstation.ts';

const ended = z.object({ state: z.string(), operations: z.int() });
const script = new URL('./engine-child.ts', import.meta.url);

/** A cluster of two services, backed up by a process that is killed again and again. */
export class KillSeries implements AsyncDisposable {
  readonly server: ZooKeeperServer;
  readonly station: Workstation;
  readonly storage: string;

  private constructor(server: ZooKeeperServer, station: Workstation, storage: string) {
    this.server = server;
    this.station = station;
    this.storage = storage;
  }

  static async open(): Promise<KillSeries> {
    const server = await startZooKeeper();
    await plant(server);
    const station = await Workstation.open();
    const storage = workFolder('storage');
    await station.addStorage('disk', storage);
    await station.addCluster('zk', [server, server]);
    const first = { roots: ['/app'], maximumCopies: 3 };
    const second = { ...first, service: 'ZooKeeper-2', directory: 'b' };
    await station.createTask('t', { sources: [first, second] });
    return new KillSeries(server, station, storage);
  }

  /** Runs the task in a process that dies of so many asynchronous operations; undefined when it did. */
  async run(
    operations: number,
  ): Promise<{ readonly state: string; readonly operations: number } | undefined> {
    const child = startChild(script, ['run', this.station.dataDirectory, 't', `${operations}`]);
    const line = await child.lines.next();
    await child.ended;
    return line.done === true ? undefined : ended.parse(line.value);
  }

  /**
   * Kills runs at so many moments, one in each of equal stretches, and sees after each that all is well. Gives what
   * the dead ones left: their state and how many archives.
   */
  async kill(times: number): Promise<ReadonlySet<string>> {
    const { station } = this;
    const first = await station.backup('t');
    await station.client.points.pin({ point: first.id, pinned: true });
    await station.close();
    const measured = await this.run(0);
    if (measured?.state !== 'succeeded') throw new Error('the run to measure failed');
    const left = new Set<string>();
    for (let kill = 0; kill < times; kill++) {
      const operations = Math.max(1, Math.floor(measured.operations * ((kill + 0.37) / times)));
      const before = new Set(archivesIn(this.storage));
      const outcome = await this.run(operations);
      const where = `killed with operation ${operations} of ${measured.operations}`;
      await station.reopen();
      await this.#expectWholeArchives(where);
      for (const { path } of first.archives) expect(existsSync(join(this.storage, path)), where).toBe(true);
      if (outcome === undefined) left.add(await this.#expectInterrupted(before, where));
      expect((await station.backup('t')).complete, where).toBe(true);
      await station.close();
    }
    await station.reopen();
    return left;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.station[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    removeWorkFolder(this.storage);
  }

  /** Every archive that is there must be whole, whatever happened to the process that wrote it. */
  async #expectWholeArchives(where: string): Promise<void> {
    for (const path of archivesIn(this.storage).map((name) => join(this.storage, name))) {
      expect(await this.station.client.explore.inspect({ path }), where).toMatchObject({ kind: 'archive' });
      execFileSync('gzip', ['-t', path]);
    }
  }

  async #expectInterrupted(before: ReadonlySet<string>, where: string): Promise<string> {
    const [run] = await this.station.client.runs.list({ limit: 1 });
    if (run?.state === 'interrupted') {
      for (const step of run.steps) expect(['succeeded', 'interrupted'], where).toContain(step.state);
    }
    return `${run?.state} ${archivesIn(this.storage).filter((path) => !before.has(path)).length}`;
  }
}

async function plant(server: ZooKeeperServer): Promise<void> {
  const client = await connect({ connectString: server.connectString });
  await client.create('/app', null);
  // Random, so that it does not shrink to one block.
  const values = Array.from({ length: 400 }, () => randomBytes(2000));
  await Promise.all(values.map((value, i) => client.create(`/app/n${i}`, value)));
  await client.close();
}
