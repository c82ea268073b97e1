import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import { type Engine, openEngine } from '../../../main/engine/engine.ts';

/** A folder that goes with the test. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-lifecycle-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An engine that goes with the test. */
export async function ownEngine(dataDirectory: string) {
  const engine: Engine = await openEngine({ dataDirectory });
  onTestFinished(() => engine.close());
  return { engine, client: createRouterClient(engine.router) };
}

/** A server that takes connections and never says a word. */
export async function silentServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    connectString: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connected: once(server, 'connection'),
  };
}
