import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { canRunHost, engineFolder, hostProgram } from '../../../main/desktop/host/engine-place.ts';
import { forkUtility } from '../../../main/desktop/host/fork-utility.ts';
import { followHost, HostNotStarted, type RunningHost } from '../../../main/desktop/host/host-child.ts';
import { startOwnHost } from '../../../main/desktop/host/own-host.ts';
import {
  type HostState,
  HostSupervisor,
  type SupervisorWorld,
} from '../../../main/desktop/host/supervisor.ts';

/** Of a host that nobody stops before it serves. */
const WANTED = new AbortController().signal;
const SERVED = { url: 'http://127.0.0.1:7420', tokenFile: '/d/token' };
const inUse = (code: string) =>
  `${JSON.stringify({
    error: {
      code,
      category: 'conflict',
      retryable: true,
      params: { pid: 7 },
      message: 'in use',
      remedy: '',
      causes: [],
    },
  })}\n`;

/** Electron's utility process as far as the program uses it: it prints `line`, and ends when it is told to. */
class StandIn extends EventEmitter {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly pid = 4711;
  readonly messages: unknown[] = [];

  constructor(line?: string) {
    super();
    if (line !== undefined) this.stdout.write(line);
  }

  postMessage(message: unknown): void {
    this.messages.push(message);
    this.end(0);
  }

  end(code: number): void {
    this.emit('exit', code);
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('where the engine is', () => {
  test('beside the packed program, else in the project', () => {
    const packed = {
      isPackaged: true,
      resourcesPath: '/opt/hf/resources',
      shell: '/opt/hf/resources/app.asar',
    };
    expect(engineFolder(packed)).toBe('/opt/hf/resources/engine');
    const place = { ...packed, isPackaged: false, shell: '/src/main/desktop/dist', platform: 'linux' };
    expect(hostProgram(place)).toEqual({
      entry: '/src/main/entries/host.ts',
      node: '/src/node_modules/node/bin/node',
    });
  });

  test('Electron’s Node runs it only where it is new enough and takes TypeScript', () => {
    expect(canRunHost('16.17.1', undefined)).toBe(false);
    expect(canRunHost('24.21.0', false)).toBe(false);
    expect(canRunHost('24.21.0', 'strip')).toBe(true);
  });
});

describe('a host as a utility process', () => {
  test('is followed, told to stop by a message, and gone when it has ended', async () => {
    const child = new StandIn(`${JSON.stringify(SERVED)}\n`);
    const forked: unknown[] = [];
    const fork = (...given: unknown[]) => {
      forked.push(...given);
      return child;
    };
    const host = await followHost(forkUtility(fork, '/e/host.ts', ['--owned', '--port', '0']), WANTED);
    expect(host).toMatchObject({ ...SERVED, isOwn: true });
    expect(forked.slice(0, 2)).toEqual(['/e/host.ts', ['--owned', '--port', '0']]);
    expect(JSON.stringify(forked)).not.toContain('ELECTRON_RUN_AS_NODE');
    await host.stop();
    expect(child.messages).toEqual(['stop']);
    expect(await host.ended).toMatchObject({ text: 'exit code 0' });
  });

  test('says why it did not start: by its own error, else by its last words', async () => {
    const refused = followHost(
      forkUtility(() => new StandIn(inUse('engine.data-directory-in-use')), '', []),
      WANTED,
    );
    await expect(refused).rejects.toMatchObject({
      problem: { code: 'engine.data-directory-in-use', params: { pid: 7 } },
    });
    const broken = new StandIn();
    broken.stderr.write('Error: Cannot find module\n');
    const started = followHost(
      forkUtility(() => broken, '', []),
      WANTED,
    );
    setImmediate(() => broken.end(1));
    await expect(started).rejects.toMatchObject({ problem: { text: 'Error: Cannot find module' } });
  });

  test('one that says something else than where it is does not go on unseen', async () => {
    const child = new StandIn('listening\n');
    const started = followHost(
      forkUtility(() => child, '', []),
      WANTED,
    );
    await expect(started).rejects.toMatchObject({ problem: { text: 'listening' } });
    expect(child.messages).toEqual(['stop']);
  });

  test.each([
    ['that serves', `${JSON.stringify(SERVED)}\n`, 30_000],
    ['that never says where it is', undefined, 5000],
  ])(
    'one %s and does not end is killed, and waited for no longer than that takes',
    async (_what, line, patience) => {
      vi.useFakeTimers();
      const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
      const child = new StandIn(line);
      vi.spyOn(child, 'postMessage').mockReturnValue();
      const stopping = new AbortController();
      const started = followHost(
        forkUtility(() => child, '', []),
        stopping.signal,
      );
      const served = line === undefined ? undefined : await started;
      stopping.abort();
      const gone = served?.stop() ?? started.catch(() => {});
      await vi.advanceTimersByTimeAsync(patience - 1);
      expect(kill).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(kill).toHaveBeenCalledExactlyOnceWith(child.pid, 'SIGKILL');
      await vi.advanceTimersByTimeAsync(3000);
      await gone;
    },
  );

  test('takes the port of the last one, and another where somebody has that', async () => {
    const ports: string[] = [];
    const remembered: number[] = [];
    const host = await startOwnHost(
      {
        dataDirectory: '/d',
        logFile: '/d/log',
        start: (args) => {
          const port = args[args.indexOf('--port') + 1] ?? '';
          ports.push(port);
          const line = port === '0' ? `${JSON.stringify(SERVED)}\n` : inUse('host.address-in-use');
          return forkUtility(() => new StandIn(line), '', args);
        },
        lastPort: () => 7000,
        rememberPort: (port) => remembered.push(port),
      },
      WANTED,
    );
    expect([ports, remembered, host.url]).toEqual([['7000', '0'], [7420], SERVED.url]);
  });
});

/** A world in which each attempt is played by the test, and time passes by what is waited for. */
function world(attempts: (() => Promise<RunningHost>)[], found?: RunningHost) {
  let now = 0;
  const delays: number[] = [];
  const launched: number[] = [];
  const made: SupervisorWorld = {
    find: async () => found,
    launch: () => {
      launched.push(now);
      const next = attempts.shift();
      return next === undefined ? new Promise(() => {}) : next();
    },
    now: () => now,
    delay: async (milliseconds) => {
      delays.push(milliseconds);
      now += milliseconds;
    },
  };
  return { made, delays, launched, pass: (milliseconds: number) => (now += milliseconds) };
}

function runningHost(isOwn = true) {
  let end: (text: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  }).then((text) => ({ params: {}, text }));
  const stops: string[] = [];
  const host: RunningHost = {
    ...SERVED,
    isOwn,
    ended,
    stop: async () => {
      stops.push('stop');
      end('stopped');
    },
  };
  return { host, stops, end };
}

/** Starts a supervisor; `until` resolves with the first state that is wanted. */
function supervise(made: SupervisorWorld) {
  const states: HostState['state'][] = [];
  const waiting = new Map<string, (state: HostState) => void>();
  const supervisor = new HostSupervisor(made, (state) => {
    states.push(state.state);
    waiting.get(state.state)?.(state);
  });
  const next = (wanted: HostState['state']) =>
    new Promise<HostState>((resolve) => waiting.set(wanted, resolve));
  return { supervisor, states, next };
}

const refusedStart = (): Promise<RunningHost> =>
  Promise.reject(new HostNotStarted({ code: 'engine.data-directory-in-use', params: {}, text: 'in use' }));

describe('the supervisor', () => {
  test('starts a host that ended again, later each time, and gives up until it is told to go on', async () => {
    const { made, delays, launched } = world(Array.from({ length: 5 }, () => refusedStart));
    const { supervisor, next } = supervise(made);
    const failed = next('failed');
    supervisor.start();
    expect(await failed).toMatchObject({ problem: { code: 'engine.data-directory-in-use' } });
    expect(delays).toEqual([250, 1000, 3000, 8000]);
    expect(launched).toHaveLength(5);
    const again = next('starting');
    supervisor.retry();
    await again;
    expect(supervisor.state).toEqual({ state: 'starting' });
  });

  test('what cannot work the next time either is not tried again', async () => {
    const problem = { code: 'engine.data-directory-unusable', params: {}, retryable: false, text: 'shared' };
    const { made, delays, launched } = world([() => Promise.reject(new HostNotStarted(problem))]);
    const { supervisor, next } = supervise(made);
    const failed = next('failed');
    supervisor.start();
    expect(await failed).toMatchObject({ problem });
    expect([delays, launched]).toEqual([[], [0]]);
  });

  test('one that worked for long has its failures forgotten', async () => {
    const first = runningHost();
    const second = runningHost();
    const { made, delays, pass } = world([
      refusedStart,
      refusedStart,
      async () => first.host,
      async () => second.host,
    ]);
    const { supervisor, next } = supervise(made);
    const up = next('up');
    supervisor.start();
    await up;
    pass(3_600_000);
    const back = next('up');
    first.end('SIGKILL');
    expect(await back).toMatchObject({ host: second.host });
    expect(delays).toEqual([250, 1000, 250]);
  });

  test('uses a host that is there, and leaves it alone when it stops', async () => {
    const other = runningHost(false);
    const { made, launched } = world([], { ...other.host, stop: async () => {} });
    const { supervisor, next } = supervise(made);
    const up = next('up');
    supervisor.start();
    expect(await up).toMatchObject({ host: { isOwn: false } });
    await supervisor.stop();
    expect(launched).toEqual([]);
  });

  test('ends the start of a host that never serves', async () => {
    const launching: AbortSignal[] = [];
    const launch = (signal: AbortSignal) =>
      new Promise<RunningHost>((_resolve, reject) => {
        launching.push(signal);
        signal.addEventListener('abort', () => reject(new Error('ended')));
      });
    const { supervisor, states } = supervise({ ...world([]).made, launch });
    supervisor.start();
    await vi.waitUntil(() => launching.length === 1);
    await supervisor.stop();
    expect(states).toEqual(['starting']);
  });

  test('a host that is found while it is to stop does not hold it up', async () => {
    const { host } = runningHost(false);
    const { made } = world([], { ...host, stop: async () => {} });
    const { supervisor, states } = supervise(made);
    supervisor.start();
    await supervisor.stop();
    expect(states).toEqual(['starting']);
  });

  test('stops a host of its own, also one that is still starting, and starts no other', async () => {
    const late = runningHost();
    let arrive: (host: RunningHost) => void = () => {};
    const { made, launched } = world([
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    ]);
    const { supervisor, states } = supervise(made);
    supervisor.start();
    await new Promise(setImmediate);
    const stopped = supervisor.stop();
    arrive(late.host);
    await stopped;
    expect(late.stops).toEqual(['stop']);
    expect(launched).toHaveLength(1);
    expect(states).toEqual(['starting']);
  });
});
