import { describe, expect, test } from 'vitest';
import { readEvents } from '../../../main/desktop/host/server-events.ts';
import { SignedOut } from '../../../main/desktop/host/signed-out.ts';
import { autostartEntry } from '../../../main/desktop/login/autostart.ts';
import { loginItem } from '../../../main/desktop/login/login-item.ts';
import { plainPageUrl } from '../../../main/desktop/pages/plain-page.ts';
import { hostTrouble, troublePage } from '../../../main/desktop/pages/problem-page.ts';
import { NewsReader } from '../../../main/desktop/status/news.ts';
import { OwnRuns } from '../../../main/desktop/status/own-runs.ts';
import { AWAY, type Status, statusOf } from '../../../main/desktop/status/status.ts';
import { trayBitmap } from '../../../main/desktop/status/tray-image.ts';
import { type Line, watchHost } from '../../../main/desktop/status/watch.ts';
import { TEXTS } from '../../../main/desktop/texts.ts';
import type { Overview } from '../../../shared/model/overview.ts';
import type { Run } from '../../../shared/model/run.ts';

const TASK = 'b'.repeat(16);
const NOW = '2026-03-01T10:00:00.000Z';
const aRun = (given: Partial<Run>): Run => ({
  id: 'a'.repeat(16),
  kind: 'backup',
  state: 'failed',
  reason: 'schedule',
  started: NOW,
  steps: [],
  counts: {},
  ...given,
});
const anOverview = (given: Partial<Overview> = {}, last?: Run): Overview => ({
  now: NOW,
  clusters: [
    {
      id: 'c'.repeat(16),
      name: 'lab',
      environment: 'test',
      readOnly: false,
      services: [],
      tasks: [
        { id: TASK, name: 'nightly', services: [], paused: false, ...(last === undefined ? {} : { last }) },
      ],
    },
  ],
  storages: [],
  running: [],
  ...given,
});

describe('the tray', () => {
  test('needs somebody, is at work, or rests; the first goes before the second', () => {
    const running = [aRun({ state: 'running' })];
    expect(statusOf(anOverview())).toEqual({ state: 'idle', running: 0, attention: 0 });
    expect(statusOf(anOverview({ running }))).toEqual({ state: 'running', running: 1, attention: 0 });
    expect(statusOf(anOverview({ running }, aRun({})))).toEqual({
      state: 'attention',
      running: 1,
      attention: 1,
    });
  });

  test('has a picture of its own for each state, none of them empty', () => {
    const states = ['idle', 'running', 'attention', 'away'] as const;
    const pictures = states.map((state) => trayBitmap(state, 16));
    expect(new Set(pictures.map((each) => each.toString('hex'))).size).toBe(4);
    for (const picture of pictures) {
      expect(picture).toHaveLength(16 * 16 * 4);
      // Colours with alpha multiplied in are never above it.
      for (let i = 0; i < picture.length; i += 4) {
        expect(Math.max(...picture.subarray(i, i + 3))).toBeLessThanOrEqual((picture[i + 3] ?? 0) + 1);
      }
    }
  });
});

describe('news', () => {
  test('each run that ended badly since the start is told once, with its task', () => {
    const reader = new NewsReader();
    const before = aRun({ id: 'old', ended: '2026-03-01T09:59:59.000Z' });
    expect(reader.read(anOverview(), [before])).toEqual([]);
    const later = '2026-03-01T10:00:05.000Z';
    const runs = [
      aRun({ id: 'a', ended: later, task: TASK }),
      aRun({ id: 'b', ended: later, state: 'incomplete', kind: 'restore' }),
      aRun({ id: 'c', ended: later, state: 'succeeded' }),
      aRun({ id: 'd', state: 'running' }),
      before,
    ];
    const laterOverview = anOverview({ now: later });
    expect(reader.read(laterOverview, runs)).toEqual([
      { run: 'a', kind: 'backup', state: 'failed', task: 'nightly' },
      { run: 'b', kind: 'restore', state: 'incomplete' },
    ]);
    expect(reader.read(laterOverview, runs)).toEqual([]);
  });
});

describe('watching', () => {
  test('asks for the overview when something changes, and is away when the host goes', async () => {
    const told: Status['state'][] = [];
    const stop = new AbortController();
    const asked: string[] = [];
    const line: Line = {
      get: async (path) => {
        asked.push(path);
        return path.includes('overview') ? anOverview() : [];
      },
      events: async function* () {
        yield { kind: 'all' };
        yield { kind: 'something new' };
        yield { kind: 'run' };
        while (!told.includes('idle')) await new Promise(setImmediate);
        throw new Error('connection reset');
      },
    };
    const watcher = {
      onStatus: ({ state }: Status) => {
        told.push(state);
        if (state === 'away') stop.abort();
      },
      onNews: () => {},
      signIn: async () => false,
    };
    await watchHost(line, watcher, new NewsReader(), stop.signal);
    expect(told).toEqual(['idle', 'away']);
    expect(asked[0]).toBe('/api/v1/overview/show');
  });
});

describe('watching one host after another', () => {
  /** Watches a host until it was asked for its runs; gives what was told of them. */
  async function watchOnce(reader: NewsReader, now: string, runs: readonly Run[]): Promise<string[]> {
    const told: string[] = [];
    const stop = new AbortController();
    const line: Line = {
      get: async (path) => {
        if (path.includes('overview')) return anOverview({ now });
        setImmediate(() => stop.abort());
        return runs;
      },
      events: async function* (_path, signal) {
        yield { kind: 'all' };
        while (!signal.aborted) await new Promise(setImmediate);
      },
    };
    const onNews = ({ run }: { run: string }) => told.push(run);
    const watcher = { onStatus: () => {}, onNews, signIn: async () => false };
    await watchHost(line, watcher, reader, stop.signal);
    return told;
  }

  test('a run that ended between the two is told of, and one of before the first is not', async () => {
    const reader = new NewsReader();
    const old = aRun({ id: 'd'.repeat(16), ended: '2026-03-01T09:00:00.000Z' });
    expect(await watchOnce(reader, NOW, [old])).toEqual([]);
    // Dated when the next host opened the data directory, before that host was asked for the first time.
    const cut = aRun({ state: 'interrupted', ended: '2026-03-01T10:05:00.000Z' });
    expect(await watchOnce(reader, '2026-03-01T10:05:02.000Z', [cut, old])).toEqual([cut.id]);
  });
});

describe('a session that has ended', () => {
  /** Watches a host that takes `needed` sign-ins before it answers; gives what was told and how often it signed in. */
  async function watchSignedOut(needed: number, endsIn: 'stream' | 'overview') {
    const told: Status['state'][] = [];
    const stop = new AbortController();
    let signIns = 0;
    const check = () => {
      if (signIns < needed) throw new SignedOut();
    };
    const line: Line = {
      get: async (path) => {
        check();
        return path.includes('overview') ? anOverview() : [];
      },
      events: async function* (_path, signal) {
        if (endsIn === 'stream') check();
        yield { kind: 'all' };
        while (!signal.aborted) await new Promise(setImmediate);
        throw new Error('no longer wanted');
      },
    };
    const watcher = {
      onStatus: ({ state }: Status) => {
        told.push(state);
        stop.abort();
      },
      onNews: () => {},
      signIn: async () => {
        signIns++;
        return true;
      },
    };
    await watchHost(line, watcher, new NewsReader(), stop.signal);
    return { told, signIns };
  }

  test.each(['stream', 'overview'] as const)('is begun again when the %s says so', async (endsIn) => {
    expect(await watchSignedOut(1, endsIn)).toEqual({ told: ['idle'], signIns: 1 });
  });

  test('is not begun again for ever', async () => {
    expect(await watchSignedOut(Number.POSITIVE_INFINITY, 'stream')).toEqual({ told: ['away'], signIns: 3 });
  });
});

describe('runs of the program’s own host', () => {
  const running: Status = { state: 'running', running: 2, attention: 0 };

  test('are as many as it told last while it does not answer', () => {
    const runs = new OwnRuns();
    runs.hostUp(true);
    runs.hear(running);
    runs.hear(AWAY);
    expect(runs.count).toBe(2);
    runs.hear({ ...running, state: 'idle', running: 0 });
    expect(runs.count).toBe(0);
  });

  test('end with it, and those of another host are not its', () => {
    const runs = new OwnRuns();
    runs.hostUp(true);
    runs.hear(running);
    runs.hostGone();
    runs.hostUp(true);
    expect(runs.count).toBe(0);
    runs.hostUp(false);
    runs.hear(running);
    expect(runs.count).toBe(0);
  });
});

describe('server-sent events', () => {
  async function read(...texts: string[]): Promise<unknown[]> {
    const events: unknown[] = [];
    const chunks = async function* () {
      for (const text of texts) yield Buffer.from(text, 'latin1');
    };
    for await (const event of readEvents(chunks())) events.push(event);
    return events;
  }

  test('come whole however they were cut, and end at `done`', async () => {
    const text =
      ': hello\n\nevent: message\ndata: {"kind":\ndata: "run"}\r\n\r\ndata: 2\n\nevent: done\ndata: 3\n\ndata: 4\n\n';
    expect(await read(text)).toEqual([{ kind: 'run' }, 2]);
    expect(await read(...text)).toEqual([{ kind: 'run' }, 2]);
    const umlaut = Buffer.from('data: "ü"\n\n').toString('latin1');
    expect(await read(...umlaut)).toEqual(['ü']);
  });

  test('an error of the host is one here', async () => {
    await expect(read('event: error\ndata: {}\n\n')).rejects.toThrow('error');
  });
});

describe('pages without a host', () => {
  const html = (url: string) => Buffer.from(url.replace('data:text/html;base64,', ''), 'base64').toString();

  test('explain by the error table, in the person’s language, and escape what the machine said', () => {
    const params = { path: '/d', pid: 7, host: 'box' };
    const trouble = hostTrouble({ code: 'engine.data-directory-in-use', params, text: '' });
    expect(html(troublePage(trouble, 'en'))).toContain('The data directory /d is in use by process 7 on box');
    expect(html(troublePage(trouble, 'zh-CN'))).toContain('主机未能启动');
    const unknown = html(troublePage(hostTrouble({ params: {}, text: '<script>x</script>' }), 'en'));
    expect(unknown).toContain('&lt;script&gt;');
    expect(unknown).not.toContain('<script>');
  });

  test('allow their own style and nothing else', () => {
    const page = html(plainPageUrl({ locale: 'en', title: 'x', paragraphs: [], actions: [] }));
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-[\w+/=]+'/);
  });
});

test('an entry for login quotes its command as the specification wants it', () => {
  const entry = autostartEntry(['/opt/My App/hf', '--data-dir', '/d/100%$"x\\']);
  expect(entry).toContain('\nExec="/opt/My App/hf" "--data-dir" "/d/100%%\\\\$\\\\"x\\\\\\\\"\n');
});

test('what Windows starts at login has each argument in quotes where it would fall apart', () => {
  const command = [
    'C:\\My Apps\\Holdfast.exe',
    '--data-dir',
    'D:\\My Data\\',
    'C:\\plain\\',
    'a"b',
    '',
    '--hidden',
  ];
  expect(loginItem(command)).toEqual({
    path: '"C:\\My Apps\\Holdfast.exe"',
    args: ['--data-dir', '"D:\\My Data\\\\"', 'C:\\plain\\', '"a\\"b"', '""', '--hidden'],
  });
});

test('every text of the program has both languages and the same places to fill in', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const { en, zh } of Object.values(TEXTS)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(places(zh)).toEqual(places(en));
  }
});
