import { once } from 'node:events';
import net from 'node:net';

/** A request as a scripted server sees it. */
export interface SeenRequest {
  readonly xid: number;
  readonly opcode: number;
}

/** One connection of a scripted server. */
export interface Peer {
  /** Sends a frame of this body. */
  frame(body: Buffer): void;
  /** Sends a reply header, then `body`. */
  reply(xid: number, body?: Buffer, error?: number): void;
  /** Sends bytes as they are. */
  raw(bytes: Buffer): void;
  drop(): void;
}

export interface Script {
  /** Answers the handshake; by default grants the session, with the timeout that was asked for. */
  readonly onHandshake?: (peer: Peer, connection: number) => void;
  readonly onRequest?: (request: SeenRequest, peer: Peer) => void;
}

export interface FakeServer extends AsyncDisposable {
  readonly connectString: string;
  /** Connections accepted so far. */
  readonly accepted: number;
}

/**
 * A server that misbehaves as scripted. It is for faults that no real server can be made to show; what
 * servers do otherwise is tested on real ones.
 */
export async function startFakeServer(script: Script): Promise<FakeServer> {
  const sockets = new Set<net.Socket>();
  let accepted = 0;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    serve(socket, script, ++accepted);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    connectString: `127.0.0.1:${address.port}`,
    get accepted() {
      return accepted;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function handshakeReply(timeoutMs: number, sessionId = 77n): Buffer {
  const body = Buffer.alloc(37);
  body.writeInt32BE(timeoutMs, 4);
  body.writeBigInt64BE(sessionId, 8);
  body.writeInt32BE(16, 16);
  return body;
}

function serve(socket: net.Socket, script: Script, connection: number): void {
  const peer = peerOf(socket);
  let pending = Buffer.alloc(0);
  let greeted = false;
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
      const body = pending.subarray(4, 4 + pending.readInt32BE(0));
      pending = pending.subarray(4 + body.length);
      if (greeted) script.onRequest?.({ xid: body.readInt32BE(0), opcode: body.readInt32BE(4) }, peer);
      else if (script.onHandshake) script.onHandshake(peer, connection);
      else peer.frame(handshakeReply(body.readInt32BE(12)));
      greeted = true;
    }
  });
}

function peerOf(socket: net.Socket): Peer {
  const frame = (body: Buffer): void => {
    const header = Buffer.alloc(4);
    header.writeInt32BE(body.length);
    socket.write(Buffer.concat([header, body]));
  };
  return {
    frame,
    reply(xid, body = Buffer.alloc(0), error = 0) {
      const header = Buffer.alloc(16);
      header.writeInt32BE(xid, 0);
      header.writeBigInt64BE(1n, 4);
      header.writeInt32BE(error, 12);
      frame(Buffer.concat([header, body]));
    },
    raw: (bytes) => socket.write(bytes),
    drop: () => socket.destroy(),
  };
}
