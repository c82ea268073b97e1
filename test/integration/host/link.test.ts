import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectHost } from '../../../main/cli/session/host-link.ts';
import type { Session } from '../../../main/cli/session/session.ts';
import { CONTRACT_VERSION } from '../../../shared/contract/contract.ts';
import { asOurs } from '../../../shared/contract/reported.ts';
import { until } from '../../servers/condition.ts';
import { type Served, SILENT_RUN, startServed } from './served.ts';

let served: Served;
beforeEach(async () => {
  served = await startServed();
});
afterEach(() => served[Symbol.asyncDispose]());

async function connect(): Promise<Session> {
  const session = await connectHost(served.host);
  if (session === undefined) throw new Error('nobody listens');
  return session;
}

describe('a session with a running host', () => {
  it('calls the engine and brings its errors over', async () => {
    const session = await connect();
    expect(await session.client.system.about({})).toMatchObject({ contract: CONTRACT_VERSION });
    const failure = await session.client.clusters.remove({ name: 'prod' }).catch(asOurs);
    expect(failure).toMatchObject({ code: 'engine.read-only-cluster', params: { cluster: 'prod' } });
    const invalid = await session.client.clusters.remove({ name: '' }).catch(asOurs);
    expect(invalid).toMatchObject({ code: 'general.invalid-input', category: 'input' });
    await session.close();
  });

  it('passes an abort on to the engine', async () => {
    const session = await connect();
    const aborted = new AbortController();
    const events = await session.client.runs.watch({ run: SILENT_RUN }, { signal: aborted.signal });
    const end = expect(events.next()).rejects.toThrow();
    await until('the engine watches', () => served.happened.includes('watching') || undefined);
    aborted.abort();
    await end;
    await until('the engine hears of it', () => served.happened.includes('watch aborted') || undefined);
    await session.close();
  });

  it('ends a stream in the engine when the client goes away', async () => {
    const session = await connect();
    const events = await session.client.runs.watch({ run: SILENT_RUN });
    events.next().catch(() => undefined);
    await until('the engine watches', () => served.happened.includes('watching') || undefined);
    await session.close();
    await until('the engine hears of it', () => served.happened.includes('watch aborted') || undefined);
  });

  it('fails calls and streams with a typed error when the host ends', async () => {
    const session = await connect();
    const events = await session.client.runs.watch({ run: SILENT_RUN });
    const stream = expect(events.next()).rejects.toMatchObject({ code: 'host.connection-lost' });
    await until('the engine watches', () => served.happened.includes('watching') || undefined);
    await served.host.close();
    await stream;
    await expect(session.client.system.about({})).rejects.toMatchObject({ code: 'host.connection-lost' });
  });

  it('is not there when nobody listens', async () => {
    const { url, tokenFile } = served.host;
    await served.host.close();
    await expect(readFile(tokenFile)).rejects.toThrow('ENOENT');
    await writeFile(tokenFile, 'left over from a host that died');
    expect(await connectHost({ url, tokenFile })).toBeUndefined();
  });

  it('says that the token is not right, or cannot be read', async () => {
    const tokenFile = join(served.directory, 'other');
    await expect(connectHost({ url: served.host.url, tokenFile })).rejects.toMatchObject({
      code: 'host.token-unreadable',
    });
    await writeFile(tokenFile, 'A'.repeat(43));
    await chmod(tokenFile, 0o600);
    await expect(connectHost({ url: served.host.url, tokenFile })).rejects.toMatchObject({
      code: 'host.unauthorized',
    });
  });
});

describe('the host', () => {
  it('announces itself, schedules, and closes the engine once before it is gone', async () => {
    expect(served.happened).toEqual([`announced ${served.host.url} ${CONTRACT_VERSION}`, 'scheduling']);
    await Promise.all([served.host.close(), served.host.close()]);
    expect(served.happened.slice(2)).toEqual(['engine closed']);
    await expect(fetch(`${served.host.url}/healthz`)).rejects.toThrow();
  });

  it('has the token in the fragment of its link only', async () => {
    const link = new URL(served.host.link);
    expect(link.hash).toBe(`#token=${await readFile(served.host.tokenFile, 'utf8')}`);
    expect(link.search).toBe('');
  });

  it('does not run ahead of a client that reads slowly', async () => {
    const { WebSocket } = await import('ws');
    const { offeredProtocols } = await import('../../../shared/contract/handshake.ts');
    const token = await readFile(served.host.tokenFile, 'utf8');
    const webSocket = new WebSocket(`${served.host.url.replace('http', 'ws')}/rpc`, offeredProtocols(), {
      headers: { authorization: `Bearer ${token}` },
    });
    await new Promise((resolve) => webSocket.once('open', resolve));
    webSocket.send(JSON.stringify({ i: '1', p: { u: '/runs/watch', b: { json: { run: 'beef' } } } }));
    await new Promise((resolve) => webSocket.once('message', resolve));
    webSocket.pause();
    const settled = await until('it stops giving', () => steady(served.given));
    // What fits into the socket's buffers on both sides: a few MB, never the endless stream.
    expect(settled).toBeLessThan(300);
    webSocket.terminate();
  });
});

const seen: number[] = [];
/** The count, once it has been the same ten times in a row. */
function steady(given: () => number): number | undefined {
  seen.push(given());
  const last = seen.slice(-10);
  return last.length === 10 && last.every((value) => value === last[0]) ? last[0] : undefined;
}
