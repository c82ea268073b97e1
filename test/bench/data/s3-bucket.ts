import type { Storage } from '../../../main/storages/contract.ts';
import { startProxy, type TcpProxy } from '../../servers/proxy.ts';
import { startVersitygw, type VersitygwServer } from '../../servers/versitygw.ts';
import { obsOptions, openObs } from '../../storages/obs-bucket.ts';

/** A bucket of a real S3 server, and a way to it that counts. */
export interface S3Bucket extends AsyncDisposable {
  readonly server: VersitygwServer;
  readonly name: string;
  /** The counted way. */
  readonly endpoint: string;
  /** Opens it as our storage, straight or by the counted way. */
  open(way: 'straight' | 'counted'): Promise<Storage>;
  /** What went by the counted way so far: requests of any kind, and bytes to the client with all their headers. */
  counted(): { readonly requests: number; readonly bytes: number };
}

export async function openS3Bucket(): Promise<S3Bucket> {
  const server = await startVersitygw();
  const name = 'bench';
  await server.createBucket(name);
  const proxy = await startProxy({ host: server.host, port: server.port });
  const endpoints = { straight: server.endpoint, counted: `http://${proxy.connectString}` };
  return {
    server,
    name,
    endpoint: endpoints.counted,
    open: (way) => openObs({ ...obsOptions(server, name), endpoint: endpoints[way] }),
    counted: () => ({ requests: server.requests().length, bytes: proxy.passed.toClient }),
    [Symbol.asyncDispose]: () => close(server, proxy),
  };
}

async function close(server: VersitygwServer, proxy: TcpProxy): Promise<void> {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
}
