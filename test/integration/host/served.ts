import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { implement, ORPCError } from '@orpc/server';
import { pino } from 'pino';
import { type ClientOptions, WebSocket } from 'ws';
import { type RunningHost, type ServedEngine, type ServeOptions, serve } from '../../../main/host/serve.ts';
import { Users } from '../../../main/secrets/users.ts';
import { CONTRACT_VERSION, engineContract } from '../../../shared/contract/contract.ts';
import { HoldfastError, reportError } from '../../../shared/errors/error.ts';
import type { RunEvent } from '../../../shared/model/run.ts';

/** A run that tells nothing; any other tells without end. */
export const SILENT_RUN = '5111e47';

/** A host on a free port whose engine is just enough to see the transport work. */
export interface Served extends AsyncDisposable {
  readonly host: RunningHost;
  readonly directory: string;
  readonly port: number;
  /** What happened in the engine, in order. */
  readonly happened: string[];
  /** How many events the endless watch has given away. */
  readonly given: () => number;
  /** Everything that was logged. */
  readonly log: () => string;
}

/** Starts it; the rest of the contract is not there. `prepare` may fill the data directory before. */
export async function startServed(
  options: Partial<ServeOptions> = {},
  prepare: (directory: string) => Promise<void> = async () => undefined,
): Promise<Served> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-host-'));
  await prepare(directory);
  const happened: string[] = [];
  const lines: string[] = [];
  let given = 0;
  const router = fakeRouter(directory, happened, () => given++);
  const host = await serve(
    {
      dataDirectory: directory,
      address: '127.0.0.1',
      port: 0,
      publicNames: [],
      openFolders: [],
      pages: join(directory, 'pages'),
      users: new Users(directory, () => new Date()),
      log: pino({ base: null }, { write: (line: string) => lines.push(line) }),
      ...options,
    },
    async () => ({
      router,
      announce: async ({ url, contract: version }) => void happened.push(`announced ${url} ${version}`),
      startScheduler: () => void happened.push('scheduling'),
      isVaultLocked: async () => false,
      close: async () => void happened.push('engine closed'),
    }),
  );
  return {
    host,
    directory,
    port: Number(new URL(host.url).port),
    happened,
    given: () => given,
    log: () => lines.join(''),
    [Symbol.asyncDispose]: async () => {
      await host.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function fakeRouter(directory: string, happened: string[], give: () => void): ServedEngine['router'] {
  const api = implement(engineContract);
  const router = {
    system: {
      about: api.system.about.handler(() => ({
        version: '0.0.0',
        contract: CONTRACT_VERSION,
        dataDirectory: directory,
      })),
    },
    clusters: {
      remove: api.clusters.remove.handler(({ input }) => {
        const data = reportError(new HoldfastError('engine.read-only-cluster', { cluster: input.name }));
        throw new ORPCError(data.code, { data });
      }),
    },
    runs: {
      watch: api.runs.watch.handler(async function* ({ input, signal }) {
        if (input.run === SILENT_RUN) {
          await waitFor(signal, happened);
          return;
        }
        const text = 'x'.repeat(100_000);
        for (;;) {
          give();
          const event: RunEvent = {
            event: 'log',
            line: { at: '2026-01-01T00:00:00.000Z', level: 'info', text },
          };
          yield event;
        }
      }),
    },
  };
  return router as unknown as ServedEngine['router'];
}

/** Blocks until the caller gives up, as a run without news does. */
async function waitFor(signal: AbortSignal | undefined, happened: string[]): Promise<void> {
  happened.push('watching');
  if (signal?.aborted === false) await once(signal, 'abort');
  happened.push('watch aborted');
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A plain request, with exactly these headers. */
export function ask(
  port: number,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Tries to open a WebSocket; the answer when it is refused. */
export function knock(
  url: string,
  protocols: string[],
  options: ClientOptions = {},
): Promise<WebSocket | Answer> {
  return new Promise((resolve, reject) => {
    const webSocket = new WebSocket(url.replace('http:', 'ws:'), protocols, options);
    webSocket.once('open', () => resolve(webSocket));
    webSocket.once('unexpected-response', async (_request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    webSocket.on('error', reject);
  });
}
