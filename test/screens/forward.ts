import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A port that pictures may show, and behind it a server on whatever port it got. */
export interface Forward extends AsyncDisposable {
  readonly address: string;
}

/** Listens on 127.0.0.1 and hands every connection on; `to` is `host:port`. Disposed of, nobody is there any more. */
export async function forward(port: number, to: string): Promise<Forward> {
  const [host = '', target] = to.split(':');
  const open = new Set<Socket>();
  // Half open: ZooKeeper answers those who have said their last word.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const behind = connect({ port: Number(target), host, allowHalfOpen: true });
    for (const [from, into] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(from);
      from.on('error', () => into.destroy());
      from.on('close', () => open.delete(from));
      from.pipe(into);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
