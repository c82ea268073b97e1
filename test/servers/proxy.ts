import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delayFor } from 'node:timers/promises';

/** Which way bytes go. */
type Direction = 'toServer' | 'toClient';

/** A TCP proxy on loopback whose faults a test turns on and off while connections are open. */
export interface TcpProxy extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** `host:port` to give to the client under test. */
  readonly connectString: string;
  /** Connections open now. */
  readonly open: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Bytes passed on so far. */
  readonly passed: { readonly [direction in Direction]: number };
  /** Resets every open connection; new ones are served. */
  cut(): void;
  /** Stops forwarding in both directions and keeps everything open, new connections too. */
  stall(): void;
  /** Ends a stall; what was held back is forwarded. */
  resume(): void;
  /** Once `bytes` more have passed in this direction, on whatever connection, resets it. Happens once. */
  cutAfter(bytes: number, direction?: Direction): void;
  /** Once `bytes` more have passed in this direction, on whatever connection, the next has a bit flipped. Happens once. */
  flipAfter(bytes: number, direction?: Direction): void;
  /** The server side of open connections goes away and the client is never told. New ones are served. */
  halfOpen(): void;
  /** Every byte arrives this many milliseconds later, in each direction. 0 ends it. */
  delay(milliseconds: number): void;
  /** Limits each direction of each connection. Infinity ends it. */
  throttle(bytesPerSecond: number): void;
  /** New connections are reset at once while true. */
  refuse(refused: boolean): void;
}

/** How a proxy lets time pass. Milliseconds. */
export interface ProxyClock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const realTime: ProxyClock = {
  now: () => performance.now(),
  sleep: (milliseconds) => delayFor(milliseconds),
};

/** Starts a proxy to a server. */
export async function startProxy(
  target: { readonly host: string; readonly port: number },
  clock: ProxyClock = realTime,
): Promise<TcpProxy> {
  const faults = new Faults();
  const links = new Set<Link>();
  let accepted = 0;
  const server = createServer((client) => {
    if (faults.refused) {
      client.resetAndDestroy();
      return;
    }
    accepted += 1;
    const link = new Link(client, connect({ ...target, noDelay: true }), faults, clock);
    links.add(link);
    client.once('close', () => links.delete(link));
  });
  const port = await listen(server);
  const cut = () => {
    for (const link of links) link.reset();
  };
  return {
    host: '127.0.0.1',
    port,
    connectString: `127.0.0.1:${port}`,
    get open() {
      return links.size;
    },
    get accepted() {
      return accepted;
    },
    get passed() {
      return { ...faults.passed };
    },
    cut,
    stall: () => faults.stall(),
    resume: () => faults.resume(),
    cutAfter: (bytes, direction = 'toClient') => faults.cutAfter(bytes, direction),
    flipAfter: (bytes, direction = 'toServer') => faults.flipAfter(bytes, direction),
    halfOpen: () => {
      for (const link of links) link.loseServer();
    },
    delay: (milliseconds) => {
      faults.delay = milliseconds;
    },
    throttle: (bytesPerSecond) => {
      faults.bytesPerSecond = bytesPerSecond;
    },
    refuse: (refused) => {
      faults.refused = refused;
    },
    async [Symbol.asyncDispose]() {
      faults.resume();
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address.port;
}

/** The faults in force, shared by all connections of one proxy. */
class Faults {
  delay = 0;
  bytesPerSecond = Number.POSITIVE_INFINITY;
  refused = false;
  readonly passed = { toServer: 0, toClient: 0 };
  #remaining: { bytes: number; readonly direction: Direction } | undefined;
  #untilFlip: { bytes: number; readonly direction: Direction } | undefined;
  #stalled = false;
  #flowing = Promise.withResolvers<void>();

  constructor() {
    this.#flowing.resolve();
  }

  /** Resolves when no stall is in force. */
  get flowing(): Promise<void> {
    return this.#flowing.promise;
  }

  stall(): void {
    if (this.#stalled) return;
    this.#stalled = true;
    this.#flowing = Promise.withResolvers();
  }

  resume(): void {
    this.#stalled = false;
    this.#flowing.resolve();
  }

  cutAfter(bytes: number, direction: Direction): void {
    this.#remaining = { bytes, direction };
  }

  flipAfter(bytes: number, direction: Direction): void {
    this.#untilFlip = { bytes, direction };
  }

  /** The bytes as they are to pass. */
  spoil(chunk: Buffer, direction: Direction): Buffer {
    const flip = this.#untilFlip;
    if (flip?.direction !== direction) return chunk;
    const byte = chunk[flip.bytes];
    if (byte === undefined) {
      flip.bytes -= chunk.length;
      return chunk;
    }
    this.#untilFlip = undefined;
    const spoilt = Buffer.from(chunk);
    spoilt[flip.bytes] = byte ^ 1;
    return spoilt;
  }

  /** How many of these bytes may pass, and whether the connection is cut after them. */
  take(bytes: number, direction: Direction): { readonly pass: number; readonly cut: boolean } {
    const remaining = this.#remaining;
    if (remaining?.direction !== direction) return { pass: bytes, cut: false };
    const pass = Math.min(bytes, remaining.bytes);
    remaining.bytes -= pass;
    const cut = remaining.bytes === 0;
    if (cut) this.#remaining = undefined;
    return { pass, cut };
  }
}

/** One client's connection and its twin to the server. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #faults: Faults;
  readonly #clock: ProxyClock;
  #serverLost = false;

  constructor(client: Socket, server: Socket, faults: Faults, clock: ProxyClock) {
    this.#client = client;
    this.#server = server;
    this.#faults = faults;
    this.#clock = clock;
    client.setNoDelay(true);
    this.#forward(client, server, 'toServer');
    this.#forward(server, client, 'toClient');
    for (const socket of [client, server]) socket.on('error', () => socket.destroy());
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  loseServer(): void {
    this.#serverLost = true;
    this.#server.destroy();
  }

  /** Chunks pass one after another; reading pauses when more than a megabyte waits. */
  #forward(from: Socket, to: Socket, direction: Direction): void {
    let waiting = 0;
    let queue = Promise.resolve();
    from.on('data', (chunk) => {
      const arrived = this.#clock.now();
      waiting += chunk.length;
      if (waiting > 1 << 20) from.pause();
      queue = queue.then(async () => {
        await this.#pass(chunk, arrived, to, direction);
        waiting -= chunk.length;
        from.resume();
      });
    });
    // The end of a connection travels behind its bytes, through the same faults.
    from.once('close', () => {
      queue = queue.then(async () => {
        await this.#faults.flowing;
        if (!this.#serverLost) to.destroySoon();
      });
    });
  }

  async #pass(chunk: Buffer, arrived: number, to: Socket, direction: Direction): Promise<void> {
    const { delay, bytesPerSecond } = this.#faults;
    const { now, sleep } = this.#clock;
    const due = arrived + delay - now();
    if (due > 0) await sleep(due);
    if (Number.isFinite(bytesPerSecond)) await sleep((chunk.length / bytesPerSecond) * 1000);
    await this.#faults.flowing;
    if (to.destroyed) return;
    const { pass, cut } = this.#faults.take(chunk.length, direction);
    this.#faults.passed[direction] += pass;
    await write(to, this.#faults.spoil(chunk.subarray(0, pass), direction));
    if (cut) this.reset();
  }
}

/** Resolves when the bytes are with the kernel, so that a reset after them does not take them back. */
async function write(to: Socket, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => to.write(bytes, () => resolve()));
}
