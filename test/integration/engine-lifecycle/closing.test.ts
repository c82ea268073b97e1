import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../shared/model/run.ts';
import { ownEngine, ownFolder, silentServer } from './own-engine.ts';

describe('an engine that closes', () => {
  it('ends a stream that waits for a server, and only then is closed', async () => {
    const { engine, client } = await ownEngine(join(await ownFolder(), 'data'));
    const server = await silentServer();
    await client.clusters.add({
      name: 'silent',
      environment: 'test',
      readOnly: false,
      services: [
        { source: 'zookeeper', service: 'ZooKeeper', options: { connectString: server.connectString } },
      ],
    });
    const checks = await client.clusters.test({ name: 'silent' });
    let ended = false;
    const first = checks.next().finally(() => {
      ended = true;
    });
    first.catch(() => {});
    await server.connected;
    await engine.close();
    expect(ended).toBe(true);
    await expect(first).rejects.toMatchObject({ code: 'engine.stopping' });
  });

  it('ends a stream that nobody reads at the moment', async () => {
    const folder = await ownFolder();
    const { engine, client } = await ownEngine(join(folder, 'data'));
    await mkdir(join(folder, 'disk'));
    await client.storages.add({
      name: 'disk',
      driver: 'local',
      options: { directory: join(folder, 'disk') },
    });
    const checks = await client.storages.validate({ name: 'disk' });
    expect((await checks.next()).value).toMatchObject({ subject: 'disk' });
    await engine.close();
    await expect(checks.next()).rejects.toMatchObject({ code: 'engine.stopping' });
  });

  it('refuses what is asked of it from then on', async () => {
    const { engine, client } = await ownEngine(join(await ownFolder(), 'data'));
    const closing = engine.close();
    await expect(client.runs.list({ limit: 1 })).rejects.toMatchObject({ code: 'engine.stopping' });
    await closing;
    await expect(client.runs.list({ limit: 1 })).rejects.toMatchObject({ code: 'engine.stopping' });
  });

  it('still tells those who follow a run how it ended', async () => {
    const folder = await ownFolder();
    const { engine, client } = await ownEngine(join(folder, 'data'));
    const server = await silentServer();
    await mkdir(join(folder, 'disk'));
    const { id } = await client.backups.once({
      source: { driver: 'zookeeper', options: { connectString: server.connectString } },
      selection: { roots: ['/'] },
      storage: { driver: 'local', options: { directory: join(folder, 'disk') } },
      name: 'once',
      consent: true,
    });
    const events: RunEvent[] = [];
    const follow = async () => {
      for await (const event of await client.runs.watch({ run: id })) events.push(event);
    };
    const following = follow();
    await server.connected;
    await engine.close();
    await following;
    expect(events.at(-1)).toMatchObject({ event: 'ended', run: { id, state: 'interrupted' } });
  });
});
