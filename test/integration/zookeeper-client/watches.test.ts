import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type WatchEvent, type ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import { until } from '../../servers/condition.ts';
import { startProxy } from '../../servers/proxy.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';

describe.each(['3.6', '3.9'] as const)('watches on ZooKeeper %s', (version) => {
  let server: ZooKeeperServer;
  let writer: ZooKeeperClient;

  beforeAll(async () => {
    server = await startZooKeeper({ version });
    writer = await connect({ connectString: server.connectString });
  });

  afterAll(async () => {
    await writer.close();
    await server[Symbol.asyncDispose]();
  });

  function recorder() {
    const events: string[] = [];
    const zxids: (bigint | null)[] = [];
    const listener = (event: WatchEvent) => {
      events.push(`${event.type} ${event.path}`);
      zxids.push(event.zxid);
    };
    return { events, zxids, listener };
  }

  it('report every change below a recursive watch, with the zxid where the server tells it', async () => {
    const zk = await connect({ connectString: server.connectString });
    await writer.create('/recursive', null);
    const { events, zxids, listener } = recorder();
    const watch = await zk.addWatch('/recursive', 'persistentRecursive', listener);
    const { stat } = await writer.create('/recursive/a', null);
    await writer.create('/recursive/a/b', null);
    await writer.setData('/recursive/a/b', Buffer.from('x'));
    await writer.delete('/recursive/a/b');
    await writer.create('/recursivenot', null);
    await zk.sync();
    expect(events).toEqual([
      'created /recursive/a',
      'created /recursive/a/b',
      'dataChanged /recursive/a/b',
      'deleted /recursive/a/b',
    ]);
    expect(zxids[0]).toBe(version === '3.9' ? stat.czxid : null);
    await watch.remove();
    await writer.setData('/recursive/a', null);
    await zk.sync();
    expect(events).toHaveLength(4);
    await zk.close();
  });

  it('report the node and its list of children to a persistent watch, again and again', async () => {
    const zk = await connect({ connectString: server.connectString });
    await writer.create('/persistent', null);
    const { events, listener } = recorder();
    await zk.addWatch('/persistent', 'persistent', listener);
    await writer.setData('/persistent', null);
    await writer.create('/persistent/a', null);
    await writer.create('/persistent/a/deep', null);
    await writer.setData('/persistent', null);
    await zk.sync();
    expect(events).toEqual([
      'dataChanged /persistent',
      'childrenChanged /persistent',
      'dataChanged /persistent',
    ]);
    await zk.close();
  });

  it('of one path share the server’s and are removed one by one', async () => {
    const zk = await connect({ connectString: server.connectString });
    await writer.create('/shared', null);
    const [one, two] = [recorder(), recorder()];
    const first = await zk.addWatch('/shared', 'persistent', one.listener);
    await zk.addWatch('/shared', 'persistent', two.listener);
    await expect(zk.addWatch('/shared', 'persistentRecursive', () => {})).rejects.toMatchObject({
      code: 'BadArguments',
    });
    await writer.setData('/shared', null);
    await zk.sync();
    await first.remove();
    await writer.setData('/shared', null);
    await zk.sync();
    expect(one.events).toEqual(['dataChanged /shared']);
    expect(two.events).toEqual(['dataChanged /shared', 'dataChanged /shared']);
    await zk.close();
  });

  it('tell paths below the chroot', async () => {
    await writer.create('/rooted', null);
    const zk = await connect({ connectString: `${server.connectString}/rooted` });
    const { events, listener } = recorder();
    await zk.addWatch('/', 'persistentRecursive', listener);
    await writer.create('/rooted/a', null);
    await writer.setData('/rooted', null);
    await zk.sync();
    expect(events).toEqual(['created /a', 'dataChanged /']);
    await zk.close();
  });

  it('stand again after a reconnect and say that there was a gap', async () => {
    await using proxy = await startProxy({ host: server.host, port: server.port });
    const zk = await connect({ connectString: proxy.connectString });
    await writer.create('/again', null);
    await writer.create('/again/one', null);
    const recursive = recorder();
    const persistent = recorder();
    await zk.addWatch('/again', 'persistentRecursive', recursive.listener);
    await zk.addWatch('/again/one', 'persistent', persistent.listener);
    proxy.cut();
    await until('the gap', () => (recursive.events.length > 0 && persistent.events.length > 0) || undefined);
    await writer.setData('/again/one', null);
    await zk.sync();
    expect(recursive.events).toEqual(['gap /again', 'dataChanged /again/one']);
    expect(persistent.events).toEqual(['gap /again/one', 'dataChanged /again/one']);
    await zk.close();
  });

  it('are all set again, however many they are', async () => {
    await using proxy = await startProxy({ host: server.host, port: server.port });
    const zk = await connect({ connectString: proxy.connectString });
    const { events, listener } = recorder();
    const paths = Array.from({ length: 1_500 }, (_, i) => `/${'w'.repeat(100)}-${i}`);
    await Promise.all(paths.map((path) => zk.addWatch(path, 'persistent', listener)));
    proxy.cut();
    await until('all gaps', () => events.length === paths.length || undefined);
    events.length = 0;
    const [first = '', last = ''] = [paths[0], paths.at(-1)];
    await writer.create(first, null);
    await writer.create(last, null);
    await zk.sync();
    expect(events).toEqual([`created ${first}`, `created ${last}`]);
    await zk.close();
  });
});
