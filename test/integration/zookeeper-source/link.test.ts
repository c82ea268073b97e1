import { describe, expect, it } from 'vitest';
import { Link } from '../../../main/sources/zookeeper/link.ts';
import { zookeeperOptions } from '../../../main/sources/zookeeper/options.ts';
import { handshakeReply, type Peer, startFakeServer } from '../zookeeper-client/fake-server.ts';

const SYNC = 9;
const CLOSE_SESSION = -11;
const REQUEST_TIMEOUT = -122;
const SYNCED = Buffer.from('\0\0\0\x01/');

describe('a session that is begun anew', () => {
  it('is ended when its server does not catch up, so that none is left behind', async () => {
    const connections = new Map<Peer, number>();
    const ended: (number | undefined)[] = [];
    await using server = await startFakeServer({
      // The second connection asks for the session of the first, which has expired.
      onHandshake: (peer, connection) => {
        connections.set(peer, connection);
        peer.frame(connection === 2 ? handshakeReply(0, 0n) : handshakeReply(10_000, BigInt(connection)));
      },
      onRequest: ({ xid, opcode }, peer) => {
        const connection = connections.get(peer);
        if (opcode === CLOSE_SESSION) ended.push(connection);
        if (opcode === SYNC && connection === 1) peer.drop();
        else if (opcode === SYNC && connection === 3) peer.reply(xid, undefined, REQUEST_TIMEOUT);
        else peer.reply(xid, opcode === SYNC ? SYNCED : undefined);
      },
    });
    const options = zookeeperOptions.parse({ connectString: server.connectString });
    const link = await Link.open(options, { random: () => 0 });
    expect(await link.sync()).toBe(1n);
    expect(connections.size).toBe(4);
    expect(ended).toEqual([3]);
    await link.close();
    expect(ended).toEqual([3, 4]);
  });
});
