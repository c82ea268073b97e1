import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below Linux's range for outgoing connections (32768 and up), so that no client socket can sit on one. */
const lowest = 15_000;
const highest = 31_999;

/** A TCP port that no other caller of this function, in any process, is given until `release`. */
export interface ReservedPort {
  readonly port: number;
  release(): void;
}

/**
 * Reserves a free loopback TCP port. The reservation is a bound UDP socket of the same number: it is exclusive
 * between processes, does not hinder the TCP server, and the kernel drops it with its process, whatever happens.
 */
export async function reservePort(): Promise<ReservedPort> {
  const span = highest - lowest + 1;
  const first = Math.floor(Math.random() * span);
  for (let step = 0; step < span; step += 1) {
    const port = lowest + ((first + step) % span);
    const guard = await bindUdp(port);
    if (guard === undefined) continue;
    if (await isTcpFree(port)) {
      guard.unref();
      return { port, release: () => guard.close() };
    }
    guard.close();
  }
  throw new Error(`no free TCP port between ${lowest} and ${highest}`);
}

async function bindUdp(port: number): Promise<Socket | undefined> {
  return await new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(undefined));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(socket));
  });
}

async function isTcpFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
