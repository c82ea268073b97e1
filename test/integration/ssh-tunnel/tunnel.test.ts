import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SshError, type SshOptions, SshTunnel, showHostKey } from '../../../main/protocols/ssh/index.ts';
import { until } from '../../servers/condition.ts';
import { newSshKey, type SshdOptions, type SshServer, startSshAgent, startSshd } from '../../servers/sshd.ts';

const FAR = 'echo.far.test';
const never = new AbortController().signal;

let echo: Server;
let port: number;
let sshd: SshServer;
const tunnels: SshTunnel[] = [];

beforeAll(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  port = (echo.address() as AddressInfo).port;
  sshd = await startSshd({ names: { [FAR]: '127.0.0.1' } });
});

afterEach(() => {
  for (const tunnel of tunnels.splice(0)) tunnel.close();
});

afterAll(async () => {
  await sshd?.[Symbol.asyncDispose]();
  echo?.close();
});

async function optionsFor(server: SshServer, wish: Partial<SshOptions> = {}): Promise<SshOptions> {
  return {
    host: server.host,
    port: server.port,
    user: server.user,
    signIn: { by: 'password', password: server.password },
    hostKeys: [await server.fingerprint()],
    keepAliveMs: 10_000,
    connectTimeoutMs: 30_000,
    ...wish,
  };
}

async function tunnelTo(server: SshServer, wish: Partial<SshOptions> = {}): Promise<SshTunnel> {
  const tunnel = new SshTunnel(await optionsFor(server, wish));
  tunnels.push(tunnel);
  return tunnel;
}

async function answer(stream: Duplex, text: string): Promise<string> {
  stream.write(text);
  const [chunk] = await once(stream, 'data');
  return String(chunk);
}

async function errorOf(work: Promise<unknown>): Promise<SshError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SshError) return error;
  throw new Error(`no error of the tunnel: ${String(error)}`);
}

async function usingSshd(options: SshdOptions, work: (server: SshServer) => Promise<void>): Promise<void> {
  const server = await startSshd(options);
  try {
    await work(server);
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

describe('signing in', () => {
  it('works with a password, also where the host asks for it in questions', async () => {
    const tunnel = await tunnelTo(sshd);
    expect(await answer(await tunnel.dial({ host: FAR, port }, never), 'hello')).toBe('hello');
    await usingSshd({ interactive: true }, async (server) => {
      await expect((await tunnelTo(server)).open()).resolves.toBeUndefined();
    });
  });

  it.each([
    ['ed25519', ''],
    ['ed25519', 'of the key'],
    ['ecdsa', ''],
    ['rsa', ''],
    ['rsa', 'of the key'],
  ] as const)('works with a key: %s, passphrase "%s"', async (type, passphrase) => {
    const key = await newSshKey(type, passphrase);
    const { privateKey } = key;
    const signIn = { by: 'key', privateKey, ...(passphrase === '' ? {} : { passphrase }) } as const;
    expect((await errorOf((await tunnelTo(sshd, { signIn })).open())).code).toBe('SignInRefused');
    sshd.admit(key);
    await expect((await tunnelTo(sshd, { signIn })).open()).resolves.toBeUndefined();
    if (passphrase === '') return;
    const without = await errorOf((await tunnelTo(sshd, { signIn: { by: 'key', privateKey } })).open());
    expect(without).toMatchObject({ code: 'BadKey', message: expect.stringContaining('has a passphrase') });
    const wrong = await tunnelTo(sshd, { signIn: { by: 'key', privateKey, passphrase: 'another' } });
    expect(await errorOf(wrong.open())).toMatchObject({
      code: 'BadKey',
      message: expect.stringContaining('wrong'),
    });
  });

  it('is refused with a wrong password, and not tried again at once', async () => {
    const tunnel = await tunnelTo(sshd, { signIn: { by: 'password', password: 'guessed-secret' } });
    const attempts = () => sshd.log().split('Failed password').length - 1;
    const before = attempts();
    const error = await errorOf(tunnel.open());
    expect(error.code).toBe('SignInRefused');
    expect(error.message).not.toContain('guessed-secret');
    expect(await errorOf(tunnel.open())).toBe(error);
    await until('the log of the refusal', () => attempts() > before || undefined);
    expect(attempts()).toBe(before + 1);
  });

  it('works with an agent that holds the key', async () => {
    const key = await newSshKey('ed25519');
    await using agent = await startSshAgent(key);
    const signIn = { by: 'agent', socket: agent.socket } as const;
    expect((await errorOf((await tunnelTo(sshd, { signIn })).open())).code).toBe('SignInRefused');
    sshd.admit(key);
    await expect((await tunnelTo(sshd, { signIn })).open()).resolves.toBeUndefined();
  });

  it('fails where there is no agent', async () => {
    for (const socket of [undefined, '/nowhere/agent']) {
      const tunnel = await tunnelTo(sshd, { signIn: { by: 'agent', socket } });
      expect((await errorOf(tunnel.open())).code).toBe('NoAgent');
    }
  });
});

describe('the key of the host', () => {
  it('is shown without signing in, as ssh-keygen prints it', async () => {
    const { host, port: at } = sshd;
    expect(await showHostKey({ host, port: at, connectTimeoutMs: 30_000 }, never)).toEqual({
      type: 'ssh-ed25519',
      fingerprint: await sshd.fingerprint(),
    });
  });

  it('must have been accepted', async () => {
    const error = await errorOf((await tunnelTo(sshd, { hostKeys: [] })).open());
    expect(error).toMatchObject({ code: 'HostKeyUnknown', detail: { shown: await sshd.fingerprint() } });
  });

  it('must not have changed, and nothing is said to a host where it has', async () => {
    await usingSshd({}, async (server) => {
      const known = await server.fingerprint();
      await server.stop();
      await server.changeHostKey();
      await server.start();
      const error = await errorOf((await tunnelTo(server, { hostKeys: [known] })).open());
      expect(error).toMatchObject({
        code: 'HostKeyChanged',
        detail: { known: [known], shown: await server.fingerprint() },
      });
      expect(server.log()).not.toContain('password');
      const both = [known, await server.fingerprint()];
      await expect((await tunnelTo(server, { hostKeys: both })).open()).resolves.toBeUndefined();
    });
  });
});

describe('the way further', () => {
  it('is refused by a host that forwards nothing, or not to there', async () => {
    await usingSshd({ forwarding: false }, async (server) => {
      const tunnel = await tunnelTo(server);
      const error = await errorOf(tunnel.dial({ host: '127.0.0.1', port }, never));
      expect(error).toMatchObject({ code: 'ForwardingRefused', detail: { target: `127.0.0.1:${port}` } });
    });
    await usingSshd({ permitOpen: ['127.0.0.1:1'] }, async (server) => {
      const tunnel = await tunnelTo(server);
      const error = await errorOf(tunnel.dial({ host: '127.0.0.1', port }, never));
      expect(error.code).toBe('ForwardingRefused');
    });
  });

  it('needs no more than the least account of the manual', async () => {
    const lines = [
      'AllowTcpForwarding local',
      `PermitOpen ${FAR}:${port}`,
      'PermitTTY no',
      'X11Forwarding no',
      'AllowAgentForwarding no',
      'ForceCommand /usr/sbin/nologin',
    ];
    await usingSshd({ names: { [FAR]: '127.0.0.1' }, lines }, async (server) => {
      const tunnel = await tunnelTo(server);
      expect(await answer(await tunnel.dial({ host: FAR, port }, never), 'through')).toBe('through');
    });
  });

  it('ends where nobody listens, or at a name that the host does not know', async () => {
    const tunnel = await tunnelTo(sshd);
    for (const address of [
      { host: '127.0.0.1', port: 1 },
      { host: 'unknown.far.test', port },
    ]) {
      expect((await errorOf(tunnel.dial(address, never))).code).toBe('TargetUnreachable');
    }
  });

  it('is one connection for all streams', async () => {
    const tunnel = await tunnelTo(sshd);
    const signIns = () => sshd.log().split('Accepted password').length - 1;
    const before = signIns();
    const streams = await Promise.all(
      Array.from({ length: 8 }, () => tunnel.dial({ host: FAR, port }, never)),
    );
    const answers = await Promise.all(streams.map((stream, index) => answer(stream, `to ${index}`)));
    expect(answers).toEqual(streams.map((_, index) => `to ${index}`));
    expect(signIns()).toBe(before + 1);
  });

  it('carries much in both directions without loss, and no more than is read', async () => {
    const tunnel = await tunnelTo(sshd);
    const stream = await tunnel.dial({ host: FAR, port }, never);
    const chunk = Buffer.alloc(1 << 20, 'much');
    let written = 0;
    while (stream.write(chunk)) written += chunk.length;
    // Nobody reads, so writing stalls: what comes back has filled the windows of both channels.
    expect(written).toBeLessThan(64 << 20);
    const sent = written + chunk.length;
    let read = 0;
    for await (const part of stream) {
      read += (part as Buffer).length;
      if (read === sent) break;
    }
    expect(read).toBe(sent);
  });

  it('closes with the far end of it, once all that came is read', async () => {
    const last = Buffer.alloc(4 << 20, 'last');
    const closing = createServer((socket) => socket.on('error', () => {}).end(last));
    closing.listen(0, '127.0.0.1');
    await once(closing, 'listening');
    const { port: at } = closing.address() as AddressInfo;
    const tunnel = await tunnelTo(sshd);
    const listened = await tunnel.dial({ host: FAR, port: at }, never);
    let read = 0;
    listened.on('data', (part: Buffer) => {
      read += part.length;
    });
    await once(listened, 'close');
    expect(read).toBe(last.length);
    let iterated = 0;
    for await (const part of await tunnel.dial({ host: FAR, port: at }, never)) {
      iterated += (part as Buffer).length;
    }
    expect(iterated).toBe(last.length);
    closing.close();
  });
});

describe('a tunnel', () => {
  it('that breaks says so on its streams, and is opened again by the next', async () => {
    const tunnel = await tunnelTo(sshd);
    const stream = await tunnel.dial({ host: FAR, port }, never);
    await answer(stream, 'alive');
    const broken = once(stream, 'error');
    await sshd.cut();
    expect(await broken).toMatchObject([{ code: 'Broken' }]);
    expect(stream.destroyed).toBe(true);
    expect(await answer(await tunnel.dial({ host: FAR, port }, never), 'again')).toBe('again');
  });

  it('tells that its host is gone, and finds it when it is back', async () => {
    await usingSshd({}, async (server) => {
      const tunnel = await tunnelTo(server);
      await tunnel.open();
      await server.stop();
      await until('the loss', () =>
        tunnel.open().then(
          () => undefined,
          (error: unknown) => (error instanceof SshError && error.code === 'Unreachable') || undefined,
        ),
      );
      await server.start();
      expect(await answer(await tunnel.dial({ host: '127.0.0.1', port }, never), 'back')).toBe('back');
    });
  });

  it('notices a host that has fallen silent', async () => {
    const tunnel = await tunnelTo(sshd, { keepAliveMs: 100 });
    const stream = await tunnel.dial({ host: FAR, port }, never);
    const broken = once(stream, 'error');
    await sshd.pause();
    try {
      expect((await broken)[0]).toMatchObject({ code: 'Broken' });
    } finally {
      await sshd.resume();
    }
  });

  it('is closed when nothing has come through it for a while, and not before', async () => {
    const tunnel = new SshTunnel(await optionsFor(sshd), 50);
    tunnels.push(tunnel);
    const closings = () => sshd.log().split(`Disconnected from user ${sshd.user}`).length - 1;
    const stream = await tunnel.dial({ host: FAR, port }, never);
    const before = closings();
    await expect(answer(stream, 'one')).resolves.toBe('one');
    stream.destroy();
    await until('the end of the connection', () => closings() > before || undefined);
    expect(await answer(await tunnel.dial({ host: FAR, port }, never), 'two')).toBe('two');
  });

  it('that was replaced serves whoever has it, and goes for good some time after the last of them', async () => {
    const tunnel = new SshTunnel(await optionsFor(sshd), 1);
    tunnels.push(tunnel);
    const dialing = tunnel.dial({ host: FAR, port }, never);
    tunnel.retire();
    const stream = await dialing;
    expect(await answer(stream, 'still here')).toBe('still here');
    stream.destroy();
    await once(stream, 'close');
    await until('its end', () =>
      tunnel.open().then(
        () => undefined,
        (error: unknown) => (error instanceof SshError && error.code === 'Closed') || undefined,
      ),
    );
  });

  it('that was replaced is not gone between two streams', async () => {
    const tunnel = await tunnelTo(sshd);
    await tunnel.open();
    tunnel.retire();
    for (const text of ['one', 'two']) {
      const stream = await tunnel.dial({ host: FAR, port }, never);
      expect(await answer(stream, text)).toBe(text);
      stream.destroy();
      await once(stream, 'close');
    }
  });

  it('is given up at once by whoever stops waiting, while others get it', async () => {
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: at } = silent.address() as AddressInfo;
    const tunnel = await tunnelTo(sshd, { port: at, connectTimeoutMs: 60_000 });
    const stop = new AbortController();
    const reason = new Error('enough');
    const opening = tunnel.open(stop.signal);
    stop.abort(reason);
    await expect(opening).rejects.toBe(reason);
    const other = errorOf(tunnel.open());
    tunnel.close();
    expect((await other).code).toBe('Closed');
    silent.close();
  });

  it('waits no longer than it may for a host that never answers', async () => {
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: at } = silent.address() as AddressInfo;
    const error = await errorOf((await tunnelTo(sshd, { port: at, connectTimeoutMs: 200 })).open());
    expect(error).toMatchObject({ code: 'Unreachable', message: expect.stringContaining('200 ms') });
    silent.close();
  });
});
