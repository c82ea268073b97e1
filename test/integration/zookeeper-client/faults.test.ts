import { describe, expect, it } from 'vitest';
import { connect, type SessionState } from '../../../main/protocols/zookeeper/index.ts';
import { until } from '../../servers/condition.ts';
import { failure } from './failure.ts';
import { handshakeReply, type Peer, type Script, type SeenRequest, startFakeServer } from './fake-server.ts';

const ping = 11;
const closeSession = -11;
const saslStep = 102;
const frameOf = (length: number) => {
  const header = Buffer.alloc(4);
  header.writeInt32BE(length);
  return header;
};

/** Answers pings and the end of the session, and everything else by `answer`. */
function answering(answer: (request: SeenRequest, peer: Peer) => void): Script {
  return {
    onRequest(request, peer) {
      if (request.opcode === ping) peer.reply(-2);
      else if (request.opcode === closeSession) peer.reply(request.xid);
      else answer(request, peer);
    },
  };
}

describe('a server that breaks the protocol', () => {
  it.each<[string, (request: SeenRequest, peer: Peer) => void]>([
    ['answers another request', ({ xid }, peer) => peer.reply(xid + 1)],
    ['answers a request twice', ({ xid }, peer) => [peer.reply(xid, Buffer.alloc(3)), peer.reply(xid)]],
    ['answers under a fixed id that nobody used', (_request, peer) => peer.reply(-4)],
    ['sends a frame above the limit', (_request, peer) => peer.raw(frameOf(2_000_000))],
    ['sends a frame of negative length', (_request, peer) => peer.raw(frameOf(-5))],
    ['sends a frame too short for a header', (_request, peer) => peer.frame(Buffer.alloc(7))],
    ['cuts a record short', ({ xid }, peer) => peer.reply(xid, Buffer.alloc(10))],
  ])(
    '%s: the request fails at once with ProtocolError, and the connection is replaced',
    async (_what, answer) => {
      await using server = await startFakeServer(answering(answer));
      const zk = await connect({ connectString: server.connectString, maxFrameBytes: 1_000_000 });
      const states: SessionState[] = [];
      zk.onState(({ state }) => states.push(state));
      expect((await failure(zk.exists('/'))).code).toBe('ProtocolError');
      await until(
        'the next connection',
        () => (server.accepted > 1 && zk.state === 'connected') || undefined,
      );
      expect(states).toEqual(['suspended', 'connected']);
      expect(zk.sessionId).toBe(77n);
      await zk.close();
    },
  );

  it('says that a write’s outcome is unknown after it', async () => {
    await using server = await startFakeServer(answering(({ xid }, peer) => peer.reply(xid + 1)));
    const zk = await connect({ connectString: server.connectString });
    expect(await failure(zk.delete('/a'))).toMatchObject({ code: 'ProtocolError', outcomeUnknown: true });
    await zk.close();
  });

  it('greets with garbage: connecting fails', async () => {
    await using server = await startFakeServer({
      onHandshake: (peer) => peer.raw(Buffer.from('HTTP/1.1 400\r\n')),
    });
    expect((await failure(connect({ connectString: server.connectString }))).code).toBe('ProtocolError');
  });
});

describe('a server that falls silent', () => {
  it('before its greeting: connecting ends after the connect timeout, and names the server', async () => {
    await using server = await startFakeServer({ onHandshake: () => {} });
    const error = await failure(connect({ connectString: server.connectString, connectTimeoutMs: 150 }));
    expect(error.code).toBe('ConnectionLoss');
    expect(error.message).toContain(`${server.connectString}: not ready within 150 ms`);
  });

  it('before its greeting: connecting ends with its signal', async () => {
    await using server = await startFakeServer({ onHandshake: () => controller.abort(reason) });
    const controller = new AbortController();
    const reason = new Error('enough');
    await expect(connect({ connectString: server.connectString, signal: controller.signal })).rejects.toBe(
      reason,
    );
  });

  it.each<[string, (request: SeenRequest, peer: Peer) => void]>([
    ['without a word', () => {}],
    [
      'in the middle of a frame',
      (_request, peer) => peer.raw(Buffer.concat([frameOf(500), Buffer.alloc(100)])),
    ],
    ['in the middle of a frame’s length', (_request, peer) => peer.raw(Buffer.alloc(2))],
  ])('%s: requests in flight fail within the session timeout', async (_how, answer) => {
    let silent = false;
    await using server = await startFakeServer({
      onRequest(request, peer) {
        if (silent) return;
        if (request.opcode === ping) return peer.reply(-2);
        silent = true;
        answer(request, peer);
      },
    });
    const zk = await connect({
      connectString: server.connectString,
      sessionTimeoutMs: 600,
      closeTimeoutMs: 100,
    });
    const [read, write] = await Promise.all([failure(zk.exists('/')), failure(zk.setData('/', null))]);
    expect(read).toMatchObject({ code: 'ConnectionLoss', outcomeUnknown: false });
    expect(write).toMatchObject({ code: 'ConnectionLoss', outcomeUnknown: true });
    expect(read.message).toContain('nothing was received');
    await zk.close();
  });

  it.each<[string, (request: SeenRequest, peer: Peer) => void]>([
    ['answers pings but no request', () => {}],
    [
      'lets a frame trickle in without end',
      (_request, peer) => {
        peer.raw(frameOf(1_000_000));
        const drip = setInterval(() => peer.raw(Buffer.alloc(1)), 20);
        drip.unref();
      },
    ],
  ])('%s: requests fail after the reply timeout', async (_how, answer) => {
    await using server = await startFakeServer(answering(answer));
    const zk = await connect({
      connectString: server.connectString,
      replyTimeoutMs: 400,
      sessionTimeoutMs: 3_000,
    });
    const error = await failure(zk.exists('/'));
    expect(error.code).toBe('ConnectionLoss');
    expect(error.message).toContain('no request was answered');
    await zk.close();
  });

  it('at the end: close() returns after its own timeout', async () => {
    await using server = await startFakeServer({});
    const zk = await connect({ connectString: server.connectString, closeTimeoutMs: 100 });
    const pending = failure(zk.exists('/'));
    await zk.close();
    expect(zk.state).toBe('closed');
    expect((await pending).code).toBe('Closed');
    await zk.close();
  });
});

describe('a server that is asked for SASL', () => {
  const challenge = 'realm="r",nonce="n",qop="auth",algorithm=md5-sess,charset=utf-8';
  const token = (text: string) => Buffer.concat([frameOf(text.length), Buffer.from(text)]);
  const sasl = { username: 'u', password: 'p' };

  /** Challenges, then answers the response by `answer`. */
  function challenging(answer: (request: SeenRequest, peer: Peer) => void): Script {
    const challenged = new Set<Peer>();
    return answering((request, peer) => {
      if (request.opcode !== saslStep) peer.reply(request.xid, Buffer.alloc(68));
      else if (challenged.has(peer)) answer(request, peer);
      else {
        challenged.add(peer);
        peer.reply(request.xid, token(challenge));
      }
    });
  }

  it('and does not prove that it knows the password is refused', async () => {
    await using server = await startFakeServer(
      challenging(({ xid }, peer) => peer.reply(xid, token('rspauth=00000000000000000000000000000000'))),
    );
    const error = await failure(connect({ connectString: server.connectString, sasl }));
    expect(error.code).toBe('AuthFailed');
    expect(error.message).toContain('did not prove');
  });

  it('and drops the connection at the response has refused the credentials', async () => {
    await using server = await startFakeServer(challenging((_request, peer) => peer.drop()));
    const error = await failure(connect({ connectString: server.connectString, sasl }));
    expect(error).toMatchObject({ code: 'AuthFailed', cause: { code: 'ConnectionLoss' } });
  });
});

describe('a session', () => {
  it('that the server no longer knows is expired for good', async () => {
    await using server = await startFakeServer({
      onHandshake: (peer, connection) => peer.frame(handshakeReply(connection === 1 ? 5_000 : 0)),
      onRequest: (_request, peer) => peer.drop(),
    });
    const zk = await connect({ connectString: server.connectString });
    const states: SessionState[] = [];
    zk.onState(({ state }) => states.push(state));
    const inFlight = failure(zk.exists('/'));
    expect((await inFlight).code).toBe('ConnectionLoss');
    const waiting = failure(zk.exists('/'));
    expect((await waiting).code).toBe('SessionExpired');
    expect((await failure(zk.capabilities())).code).toBe('SessionExpired');
    expect(states).toEqual(['suspended', 'expired']);
    await zk.close();
    expect(server.accepted).toBe(2);
  });

  it('tries its servers in the order that its randomness gives, and the next one where one fails', async () => {
    const greeted: string[] = [];
    const script = (name: string, answers: boolean): Script => ({
      ...answering(() => {}),
      onHandshake(peer) {
        greeted.push(name);
        if (answers) peer.frame(handshakeReply(5_000));
        else peer.drop();
      },
    });
    await using a = await startFakeServer(script('a', true));
    await using b = await startFakeServer(script('b', false));
    await using c = await startFakeServer(script('c', false));
    const ranks = [0.9, 0.5, 0.1];
    const zk = await connect({
      connectString: [a, b, c].map((server) => server.connectString).join(','),
      random: () => ranks.shift() ?? 0,
    });
    expect(greeted).toEqual(['c', 'b', 'a']);
    await zk.close();
  });

  it('names every server that failed where none answers', async () => {
    await using a = await startFakeServer({ onHandshake: (peer) => peer.drop() });
    await using b = await startFakeServer({ onHandshake: (peer) => peer.drop() });
    const error = await failure(connect({ connectString: `${a.connectString},${b.connectString}` }));
    expect(error.code).toBe('ConnectionLoss');
    expect(error.message).toContain(a.connectString);
    expect(error.message).toContain(b.connectString);
  });

  it('reports a listener that throws as uncaught and goes on', async () => {
    await using server = await startFakeServer(answering((_request, peer) => peer.drop()));
    const zk = await connect({ connectString: server.connectString });
    const uncaught: unknown[] = [];
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => uncaught.push(error));
    try {
      const bad = new Error('listener');
      const unsubscribe = zk.onState(() => {
        throw bad;
      });
      await failure(zk.exists('/'));
      await until('the next connection', () => zk.state === 'connected' || undefined);
      unsubscribe();
      expect(uncaught).toEqual([bad, bad]);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of others) process.on('uncaughtException', listener);
      await zk.close();
    }
  });
});
