import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, creatorAllAcl } from '../../../main/protocols/zookeeper/index.ts';
import { startZooKeeper, type ZooKeeperServer } from '../../servers/zookeeper.ts';
import { failure } from './failure.ts';

describe.each(['3.5', '3.6', '3.9'] as const)('SASL on ZooKeeper %s', (version) => {
  let server: ZooKeeperServer;

  beforeAll(async () => {
    server = await startZooKeeper({ version, sasl: true });
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('admits the right password, as who it says', async () => {
    const { sasl } = server;
    if (sasl === undefined) throw new Error('the server has no SASL account');
    const zk = await connect({ connectString: server.connectString, sasl });
    await zk.create('/sasl', Buffer.from('s'), { acl: creatorAllAcl });
    expect((await zk.getAcl('/sasl')).acl).toEqual([{ perms: 31, scheme: 'sasl', id: sasl.username }]);
    expect(await zk.readNodes(['/sasl'])).toMatchObject([{ acl: [{ scheme: 'sasl' }] }]);
    const stranger = await connect({ connectString: server.connectString });
    expect((await failure(stranger.getData('/sasl'))).code).toBe('NoAuth');
    await Promise.all([zk.close(), stranger.close()]);
  });

  it.each([
    { username: 'backup', password: 'not-the-right-one' },
    { username: 'nobody', password: 'nothing-known' },
  ])('refuses $username with a wrong password as AuthFailed, without telling it', async (sasl) => {
    const error = await failure(connect({ connectString: server.connectString, sasl }));
    expect(error).toMatchObject({ code: 'AuthFailed', op: 'sasl' });
    expect(JSON.stringify(error) + error.stack).not.toContain(sasl.password);
  });

  it('reports a scheme that the server does not know as AuthFailed', async () => {
    const auth = [{ scheme: 'no-such-scheme', auth: 'token' }];
    expect((await failure(connect({ connectString: server.connectString, auth }))).code).toBe('AuthFailed');
  });
});

describe('SASL against a server without accounts', () => {
  it('fails as AuthFailed', async () => {
    await using server = await startZooKeeper();
    const sasl = { username: 'a', password: 'b' };
    const error = await failure(
      connect({ connectString: server.connectString, sasl, connectTimeoutMs: 3_000 }),
    );
    expect(error.code).toBe('AuthFailed');
  });
});

describe('TLS', () => {
  let server: ZooKeeperServer;
  let secure: string;

  beforeAll(async () => {
    server = await startZooKeeper({ tls: { clientAuth: 'need' } });
    secure = `localhost:${server.securePort}`;
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  function certificates() {
    const all = server.certificates;
    if (all === undefined) throw new Error('the server has no certificates');
    return all;
  }

  it('works with a client certificate, by name and by address, also for probes and large replies', async () => {
    const { ca, client } = certificates();
    for (const host of ['localhost', '127.0.0.1']) {
      const zk = await connect({
        connectString: `${host}:${server.securePort}`,
        tls: { ca, cert: client.certificate, key: Buffer.from(client.key) },
      });
      const { path } = await zk.create('/tls-', Buffer.alloc(700_000, 't'), { mode: 'persistentSequential' });
      expect(await zk.readNodes([path, '/none'])).toMatchObject([{ data: { length: 700_000 } }, null]);
      expect((await zk.whoAmI()).map(({ scheme }) => scheme)).toContain('x509');
      await zk.close();
    }
  });

  it('works by another name where the certificate has it', async () => {
    const { ca, client } = certificates();
    const tls = { ca, cert: client.certificate, key: client.key, servername: 'localhost' };
    const zk = await connect({ connectString: `127.0.0.1:${server.securePort}`, tls });
    expect(await zk.exists('/')).not.toBeNull();
    await zk.close();
  });

  it('refuses an authority that is not trusted, unless told not to verify', async () => {
    const { client } = certificates();
    const tls = { cert: client.certificate, key: client.key };
    expect((await failure(connect({ connectString: secure, tls }))).code).toBe('TlsFailed');
    const zk = await connect({ connectString: secure, tls: { ...tls, verify: false } });
    expect(await zk.exists('/')).not.toBeNull();
    await zk.close();
  });

  it('refuses a certificate of another name', async () => {
    const { ca, client } = certificates();
    const tls = { ca, cert: client.certificate, key: client.key, servername: 'elsewhere.example' };
    const error = await failure(connect({ connectString: secure, tls }));
    expect(error.code).toBe('TlsFailed');
    expect(error.message).toContain('elsewhere.example');
  });

  it('without or with an expired client certificate fails as TlsFailed', async () => {
    const { ca, expiredClient } = certificates();
    const without = await failure(connect({ connectString: secure, tls: { ca } }));
    expect(without.code).toBe('TlsFailed');
    const tls = { ca, cert: expiredClient.certificate, key: expiredClient.key };
    expect((await failure(connect({ connectString: secure, tls }))).code).toBe('TlsFailed');
  });

  it('refuses an expired server certificate', async () => {
    await using expired = await startZooKeeper({ tls: { expired: true } });
    const ca = expired.certificates?.ca ?? '';
    const error = await failure(connect({ connectString: `localhost:${expired.securePort}`, tls: { ca } }));
    expect(error.code).toBe('TlsFailed');
    expect(error.message).toContain('expired');
  });

  it('towards a plain port, and plain towards a TLS port, fail in bounded time', async () => {
    const { ca } = certificates();
    const tls = await failure(
      connect({ connectString: server.connectString, tls: { ca }, connectTimeoutMs: 2_000 }),
    );
    expect(['TlsFailed', 'ConnectionLoss']).toContain(tls.code);
    const plain = await failure(connect({ connectString: secure, connectTimeoutMs: 2_000 }));
    expect(['ConnectionLoss', 'ProtocolError']).toContain(plain.code);
  });

  it('reports key material that is none as a failure of TLS, not of the process', async () => {
    const error = await failure(
      connect({ connectString: secure, tls: { ca: 'no PEM', cert: 'x', key: 'y' } }),
    );
    expect(error.code).toBe('TlsFailed');
    expect(error.message).not.toContain('no PEM');
  });
});
