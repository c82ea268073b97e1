import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../servers/condition.ts';
import { startProxy, type TcpProxy } from '../../servers/proxy.ts';

const sockets = new Set<Socket>();
const echo = createServer((socket) => {
  sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  socket.pipe(socket);
});
let proxy: TcpProxy;

beforeEach(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startProxy({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
});

/** A client that keeps what it received and how its connection ended. */
class Client {
  readonly socket: Socket;
  received = Buffer.alloc(0);
  ended: string | undefined;

  constructor(through: TcpProxy = proxy) {
    this.socket = connect(through.port, through.host);
    this.socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
    });
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.ended = error.code;
    });
    this.socket.on('close', () => {
      this.ended ??= 'closed';
    });
  }

  async receives(length: number): Promise<Buffer> {
    await until(`${length} bytes`, () => this.received.length >= length || undefined);
    return this.received;
  }

  async ends(): Promise<string> {
    return await until('the end of the connection', () => this.ended);
  }

  /** Sends and waits for the echo. */
  async talks(text: string): Promise<void> {
    const length = this.received.length + text.length;
    this.socket.write(text);
    await this.receives(length);
    expect(this.received.subarray(-text.length).toString()).toBe(text);
  }
}

test('passes bytes both ways unchanged, a lot of them too', async () => {
  const client = new Client();
  const bytes = Buffer.alloc(5_000_000, 'holdfast');
  client.socket.write(bytes);
  expect((await client.receives(bytes.length)).equals(bytes)).toBe(true);
  expect([proxy.open, proxy.accepted]).toEqual([1, 1]);
});

test('counts what passes, and flips one bit of one byte', async () => {
  const client = new Client();
  proxy.flipAfter(4);
  client.socket.write('hold');
  await client.receives(4);
  client.socket.write('fasthold');
  expect((await client.receives(12)).toString()).toBe('holdgasthold');
  expect(proxy.passed).toEqual({ toServer: 12, toClient: 12 });
});

test('an end reaches the other side behind the bytes', async () => {
  const client = new Client();
  await client.talks('hello');
  for (const socket of sockets) socket.end('bye');
  expect(await client.ends()).toBe('closed');
  expect(client.received.toString()).toBe('hellobye');
  await until('the proxy to forget the connection', () => proxy.open === 0 || undefined);
});

test('cut resets open connections and serves new ones', async () => {
  const client = new Client();
  await client.talks('hello');
  proxy.cut();
  expect(await client.ends()).toBe('ECONNRESET');
  await until('the server side to go', () => sockets.size === 0 || undefined);
  await new Client().talks('again');
});

test('a stall holds everything back without closing, and resume delivers it', async () => {
  const client = new Client();
  await client.talks('hello');
  proxy.stall();
  client.socket.write('world');
  const second = new Client();
  await until('the second connection', () => proxy.accepted === 2 || undefined);
  second.socket.write('!');
  proxy.stall();
  expect([client.received.toString(), client.ended, second.ended]).toEqual(['hello', undefined, undefined]);
  proxy.resume();
  expect((await client.receives(10)).toString()).toBe('helloworld');
  expect((await second.receives(1)).toString()).toBe('!');
});

test.each([0, 1, 7, 9])('cutAfter lets exactly %i bytes more through, once', async (bytes) => {
  const client = new Client();
  await client.talks('hello');
  proxy.cutAfter(bytes);
  client.socket.write('0123456789');
  expect(await client.ends()).toBe('ECONNRESET');
  expect(client.received.toString()).toBe(`hello${'0123456789'.slice(0, bytes)}`);
  await new Client().talks('0123456789');
});

test('cutAfter counts towards the server when told so', async () => {
  const client = new Client();
  const received: string[] = [];
  await client.talks('hello');
  for (const socket of sockets) socket.on('data', (data) => received.push(String(data)));
  proxy.cutAfter(3, 'toServer');
  client.socket.write('0123456789');
  await client.ends();
  expect(received.join('')).toBe('012');
});

test('half-open: the server side is gone and the client is not told', async () => {
  const client = new Client();
  await client.talks('hello');
  proxy.halfOpen();
  await until('the server side to go', () => sockets.size === 0 || undefined);
  client.socket.write('anyone?');
  await new Client().talks('fresh');
  expect([client.ended, client.received.toString()]).toEqual([undefined, 'hello']);
});

test('delay and throttle hold every byte back, each way, and change none', async () => {
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => slept.push(milliseconds);
  const target = { host: '127.0.0.1', port: (echo.address() as AddressInfo).port };
  await using slow = await startProxy(target, { now: () => 0, sleep });
  const client = new Client(slow);
  await client.talks('hello');
  expect(slept).toEqual([]);
  slow.delay(7777);
  slow.throttle(1_000_000);
  const bytes = Buffer.alloc(200_000, 'x');
  client.socket.write(bytes);
  await client.receives(5 + bytes.length);
  expect(client.received.subarray(5).equals(bytes)).toBe(true);
  // For each chunk the delay, then its own time at a megabyte a second: 0.2 s for all of them, there and back.
  const paces = slept.filter((pace) => pace !== 7777);
  expect(paces).toHaveLength(slept.length / 2);
  expect(paces.reduce((sum, pace) => sum + pace, 0)).toBeCloseTo(400, 6);
});

test('refuse resets new connections while it is on', async () => {
  proxy.refuse(true);
  expect(await new Client().ends()).toBe('ECONNRESET');
  proxy.refuse(false);
  await new Client().talks('hello');
});
