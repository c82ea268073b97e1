import { ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../main/cli/main.ts';
import { EXIT_CODES, EXIT_INCOMPLETE } from '../../../shared/errors/category.ts';
import { HoldfastError, reportError } from '../../../shared/errors/error.ts';
import type { Run, RunEvent } from '../../../shared/model/run.ts';
import { type FakeWorldOptions, fakeWorld, runFake } from './fake-world.ts';

const RUN = '0123456789abcdef';
const run: Run = {
  id: RUN,
  kind: 'restore',
  state: 'succeeded',
  reason: 'person',
  started: '2026-03-01T00:00:00.000Z',
  ended: '2026-03-01T00:00:01.000Z',
  steps: [],
  counts: {},
};

async function* events(...list: RunEvent[]): AsyncGenerator<RunEvent> {
  yield* list;
}

const asReply = (error: HoldfastError) => {
  const data = reportError(error);
  return new ORPCError(data.code, { data });
};

describe('usage', () => {
  it.each([
    [['nonsense'], 'nonsense'],
    [['task', 'create', 'x'], '--cluster'],
    [['verify', 'x', '--level', 'deep'], '--level'],
    [['run', 'list', '--limit', 'many'], '--limit many'],
    [['serve', '--log-level', 'loud'], '--log-level'],
    [['restore'], '--resume RUN'],
    [['restore', 'x', '--undo', 'y'], '--undo RUN'],
  ])('%j is refused', async (argv, named) => {
    const { code, err, out, world } = await runFake(argv);
    expect(code).toBe(EXIT_CODES.input);
    expect(err).toContain(named);
    expect(out).toBe('');
    expect(world.happened).toEqual([]);
  });

  it('is refused as JSON where that is asked for', async () => {
    const { code, err, out } = await runFake(['--json', 'verify', 'x', '--level', 'deep']);
    expect(code).toBe(EXIT_CODES.input);
    expect(JSON.parse(out).error).toMatchObject({ code: 'cli.usage', category: 'input' });
    expect(err).toBe('');
  });

  it.each([
    [['nonsense'], 'holdfast --help'],
    [['task', 'nonsense'], 'holdfast task --help'],
    [['task', 'create', 'x'], 'holdfast task create --help'],
  ])('%j points to the help of the very command', async (argv, help) => {
    expect((await runFake(argv)).err).toContain(`\`${help}\``);
  });

  it('alone shows help and is no success', async () => {
    const { code, out } = await runFake([]);
    expect(code).toBe(EXIT_CODES.input);
    expect(out).toContain('Usage: holdfast');
  });

  it('tells its version', async () => {
    expect(await runFake(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' });
  });
});

describe('where nothing is yet', () => {
  const nothing = { list: async () => [] };
  const client = Object.fromEntries(
    ['clusters', 'storages', 'tasks', 'points', 'runs', 'keys'].map((name) => [name, nothing]),
  );

  it.each([
    ['cluster', 'holdfast cluster add'],
    ['storage', 'holdfast storage add'],
    ['task', 'holdfast task create'],
    ['point', 'holdfast task run'],
    ['key', 'holdfast key create'],
    ['run', 'Nothing was run'],
  ])('%s list says how to begin, to a person only', async (noun, hint) => {
    const { code, err } = await runFake([noun, 'list'], { client });
    expect([code, err]).toEqual([0, expect.stringContaining(hint)]);
    expect((await runFake([noun, 'list', '--quiet'], { client })).err).toBe('');
    expect(await runFake([noun, 'list', '--json'], { client })).toMatchObject({ out: '[]\n', err: '' });
  });
});

describe('an error of the engine', () => {
  const failing = (error: HoldfastError): FakeWorldOptions => ({
    client: {
      tasks: {
        list: async () => {
          throw asReply(error);
        },
      },
    },
  });
  const busy = new HoldfastError('engine.task-busy', { task: 'nightly' });

  it('gives its category’s exit code, its text and its remedy', async () => {
    const { code, err, world } = await runFake(['task', 'list'], failing(busy));
    expect(code).toBe(EXIT_CODES.conflict);
    expect(err).toContain('Task nightly has a run under way [engine.task-busy]');
    expect(world.happened).toEqual(['open /home/me/.local/share/holdfast', 'close']);
  });

  it('is told in Chinese, wherever the option stands', async () => {
    for (const argv of [
      ['--lang', 'zh', 'task', 'list'],
      ['task', 'list', '--lang', 'zh'],
    ]) {
      expect((await runFake(argv, failing(busy))).err).toContain('任务 nightly 正在运行');
    }
    const fromEnvironment = await runFake(['task', 'list'], {
      ...failing(busy),
      env: { LANG: 'zh_CN.UTF-8' },
    });
    expect(fromEnvironment.err).toContain('任务 nightly 正在运行');
  });

  it('is one document of JSON', async () => {
    const { out } = await runFake(['task', 'list', '--json'], failing(busy));
    expect(JSON.parse(out)).toEqual({ error: { ...reportError(busy), causes: [] } });
  });

  it('of a newer host keeps its message', async () => {
    const report = { ...reportError(busy), code: 'engine.from-the-future', message: 'No flux' };
    const list = async () => {
      throw new ORPCError(report.code, { data: report });
    };
    const { code, err } = await runFake(['task', 'list'], { client: { tasks: { list } } });
    expect(code).toBe(EXIT_CODES.internal);
    expect(err).toContain('No flux (engine.from-the-future)');
  });
});

describe('following a run', () => {
  const following = (list: RunEvent[]): FakeWorldOptions => ({
    client: { tasks: { run: async () => run }, runs: { watch: async () => events(...list) } },
  });

  it('ends as the run ended', async () => {
    const ended: RunEvent = { event: 'ended', run: { ...run, kind: 'backup', state: 'incomplete' } };
    const { code, out } = await runFake(['task', 'run', 'nightly'], following([ended]));
    expect(code).toBe(12);
    expect(out).toContain('backup incomplete');
  });

  it('streams events as JSON, the end last', async () => {
    const list: RunEvent[] = [
      { event: 'progress', run: { ...run, state: 'running' } },
      { event: 'log', line: { at: run.started, level: 'info', text: 'x' } },
      { event: 'ended', run },
    ];
    const { out } = await runFake(['task', 'run', 'nightly', '--json'], following(list));
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(list);
  });

  it('says when the events stop before the end', async () => {
    const { code, err } = await runFake(['task', 'run', 'nightly'], following([]));
    expect(code).toBe(EXIT_CODES.network);
    expect(err).toContain('host.connection-lost');
  });

  it('cancels the run at the first Ctrl-C and leaves at the second', async () => {
    let now = 0;
    const happened: string[] = [];
    let tell: (event: RunEvent) => void = () => {};
    const ended = new Promise<RunEvent>((resolve) => {
      tell = resolve;
    });
    const world = fakeWorld(['task', 'run', 'nightly'], {
      now: () => now,
      client: {
        tasks: { run: async () => run },
        runs: {
          cancel: async (input: object) => happened.push(JSON.stringify(input)),
          watch: async function* () {
            world.interrupt();
            // As npm passes it on.
            world.interrupt();
            happened.push(`exits ${world.happened.filter((line) => line.startsWith('exit')).length}`);
            now = 10_000;
            world.interrupt();
            tell({ event: 'ended', run: { ...run, state: 'cancelled' } });
            yield await ended;
          },
        },
      },
    });
    expect(await runCli(world)).toBe(EXIT_CODES.cancelled);
    expect(happened).toEqual([JSON.stringify({ run: RUN }), 'exits 0']);
    expect(world.happened).toContain(`exit ${EXIT_CODES.cancelled}`);
  });

  it('in the background needs a host', async () => {
    const argv = ['task', 'run', 'nightly', '--detach'];
    expect((await runFake(argv, following([]))).code).toBe(EXIT_CODES.input);
    const { code, out } = await runFake(argv, { ...following([]), engine: 'host' });
    expect(code).toBe(0);
    expect(out).toContain(`holdfast run watch ${RUN}`);
  });
});

describe('restore', () => {
  const POINT = 'aaaabbbbccccdddd';
  const step = {
    phase: 'write',
    action: 'change',
    kind: 'znode',
    key: ['a'],
    members: ['data'],
    fidelity: 'exact',
  };
  const plan = {
    id: 'ffffffffffffffff',
    created: run.started,
    order: {},
    cluster: RUN,
    clusterName: 'lab',
    services: [
      {
        service: 'ZooKeeper',
        source: 'zookeeper',
        counts: [{ phase: 'write', action: 'change', steps: 12 }],
        notes: [
          {
            fidelity: 'operator',
            kind: 'ephemeral',
            code: 'ephemeral-not-restored',
            text: 'of an older version',
            params: { total: 3 },
          },
        ],
      },
    ],
    checks: [
      {
        check: 'a',
        subject: 'lab',
        result: 'warning',
        finding: { en: 'clock is off', zh: '时钟不准' },
        remedy: { en: 'set it', zh: '请校准' },
      },
    ],
    steps: 12,
  };

  function restoring(changes: Partial<typeof plan> = {}, options: FakeWorldOptions = {}) {
    const asked: Record<string, unknown>[] = [];
    const client = {
      points: { list: async () => [{ id: POINT }, { id: 'eeee000000000000' }] },
      restores: {
        plan: async function* (input: Record<string, unknown>) {
          asked.push(input);
          yield { event: 'progress', service: 'ZooKeeper', done: 1 };
          yield { event: 'planned', plan: { ...plan, ...changes } };
        },
        steps: async () => Array.from({ length: 10 }, () => step),
        start: async (input: Record<string, unknown>) => {
          asked.push(input);
          return run;
        },
        resume: async (input: Record<string, unknown>) => {
          asked.push(input);
          return run;
        },
      },
      runs: { list: async () => [run], watch: async () => events({ event: 'ended', run }) },
    };
    return { asked, options: { ...options, client } };
  }

  it('shows the plan, asks for the cluster’s name and says how to take it back', async () => {
    const { asked, options } = restoring({}, { answers: ['lab'] });
    const { code, out, world } = await runFake(['restore', 'aaaa', '--select', '/a'], options);
    expect(code).toBe(0);
    expect(out).toContain('12 changes to cluster lab');
    expect(out).toMatch(/ZooKeeper +write +change +12/);
    expect(out).toContain('change   /a  (data)');
    expect(out).toContain('… and 2 more');
    expect(out).toContain('3 ephemeral nodes are recorded');
    expect(out).toContain('clock is off');
    expect(out).toContain(`holdfast restore --undo ${RUN}`);
    expect(world.questions).toEqual(['Type the cluster’s name (lab) to change it: ']);
    expect(asked).toEqual([
      { from: { of: 'point', point: POINT }, services: [], select: ['/a'], mode: 'equal' },
      { plan: plan.id, confirm: 'lab' },
    ]);
  });

  it('changes nothing without the right name', async () => {
    const { asked, options } = restoring({}, { answers: ['prod'] });
    const { code, err } = await runFake(['restore', 'aaaa'], options);
    expect(code).toBe(EXIT_CODES.cancelled);
    expect(err).toContain('Nothing was changed');
    expect(asked).toHaveLength(1);
  });

  it('changes nothing where nobody can be asked', async () => {
    const { asked, options } = restoring();
    const { code, err } = await runFake(['restore', 'aaaa'], options);
    expect(code).toBe(EXIT_CODES.input);
    expect(err).toContain('--confirm NAME');
    expect(asked).toHaveLength(1);
  });

  it('takes the name from the command line, for the engine to check', async () => {
    const { asked, options } = restoring();
    await runFake(['restore', 'aaaa', '--confirm', 'other'], options);
    expect(asked[1]).toEqual({ plan: plan.id, confirm: 'other' });
  });

  it('stops after the plan of a dry run', async () => {
    const { asked, options } = restoring();
    const { code, out } = await runFake(['restore', 'aaaa', '--dry-run', '--json'], options);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ plan: { id: plan.id }, first: [{ service: 'ZooKeeper' }] });
    expect(asked).toHaveLength(1);
  });

  it('stops when there is nothing to do', async () => {
    const { asked, options } = restoring({ steps: 0, services: [] });
    const { code, out } = await runFake(['restore', 'aaaa', '--yes'], options);
    expect(code).toBe(0);
    expect(out).toContain('nothing to do');
    expect(asked).toHaveLength(1);
  });

  it('does not call equal what differs and cannot be restored', async () => {
    const { asked, options } = restoring({
      steps: 0,
      services: plan.services.map((service) => ({ ...service, counts: [], differs: true })),
    });
    const { code, out } = await runFake(['restore', 'aaaa', '--yes'], options);
    expect(code).toBe(EXIT_INCOMPLETE);
    expect(out).toContain('nothing that a restore can do');
    expect(out).toContain('3 ephemeral nodes are recorded');
    expect(asked).toHaveLength(1);
  });

  it('stops when a check failed', async () => {
    const check = {
      check: 'a',
      subject: 'lab',
      result: 'failed',
      finding: { en: 'read-only', zh: '只读' },
      remedy: { en: 'lift it', zh: '请解除' },
    };
    const { asked, options } = restoring({ checks: [check] });
    const { code, out } = await runFake(['restore', 'aaaa', '--yes'], options);
    expect(code).toBe(EXIT_CODES.config);
    expect(out).toContain('read-only');
    const chinese = await runFake(['--lang', 'zh', 'restore', 'aaaa', '--yes'], options);
    expect(chinese.out).toMatch(/只读.*\n +请解除/);
    expect(chinese.out).toContain('3 个临时节点仅作记录');
    expect(asked).toHaveLength(2);
  });

  it('takes a restore back by its undo point', async () => {
    const { asked, options } = restoring();
    await runFake(['restore', '--undo', '0123', '--yes'], options);
    expect(asked[0]).toMatchObject({ from: { of: 'undo', run: RUN }, mode: 'equal', select: [] });
  });

  it('goes on with a run', async () => {
    const { asked, options } = restoring();
    await runFake(['restore', '--resume', 'latest'], options);
    expect(asked).toEqual([{ run: RUN }]);
  });

  it('refuses a beginning that fits several points, or none', async () => {
    const { options } = restoring();
    const client = {
      ...options.client,
      points: { list: async () => [{ id: POINT }, { id: 'aaaa000000000000' }] },
    };
    const several = await runFake(['restore', 'aaaa'], { ...options, client });
    expect(several).toMatchObject({ code: EXIT_CODES.input });
    expect(several.err).toContain(POINT);
    expect((await runFake(['restore', 'cccc'], options)).code).toBe(EXIT_CODES.missing);
  });

  it('reads a file where no point has that name', async () => {
    const { asked, options } = restoring();
    await runFake(['restore', 'cccc', '--dry-run'], { ...options, files: { '/work/cccc': '' } });
    expect(asked[0]).toMatchObject({ from: { of: 'file', path: '/work/cccc' } });
  });
});

describe('the vault', () => {
  const locked = { state: 'locked', protector: 'passphrase' };
  const SECRET = 'open sesame';

  function locking() {
    const asked: object[] = [];
    const client = {
      vault: {
        state: async () => locked,
        unlock: async (input: object) => {
          asked.push(input);
          return { ...locked, state: 'open' };
        },
      },
      keys: { list: async () => [] },
    };
    return { asked, client };
  }

  it.each<[string, FakeWorldOptions, number]>([
    ['the environment', { env: { HOLDFAST_VAULT_PASSPHRASE: SECRET } }, 1],
    ['a file', { env: { HOLDFAST_VAULT_PASSPHRASE_FILE: 'p' }, files: { p: `${SECRET}\n` } }, 1],
    ['a person', { answers: [SECRET] }, 1],
    ['nobody', {}, 0],
  ])('is opened for a command that needs secrets by %s', async (_case, options, times) => {
    const { asked, client } = locking();
    const { out, err, code } = await runFake(['key', 'list'], { ...options, client });
    expect(code).toBe(0);
    expect(asked).toEqual(Array(times).fill({ kind: 'passphrase', passphrase: SECRET }));
    expect(out + err).not.toContain(SECRET);
  });

  it('is not opened for a command that needs none', async () => {
    const { asked, client } = locking();
    const tasks = { list: async () => [] };
    await runFake(['task', 'list'], { client: { ...client, tasks }, answers: [SECRET] });
    expect(asked).toEqual([]);
  });

  it('asks twice for a new passphrase', async () => {
    const init = async () => locked;
    const client = { vault: { state: async () => locked, init } };
    const { code, err, world } = await runFake(['vault', 'init'], { client, answers: ['one', 'two'] });
    expect(world.questions).toHaveLength(2);
    expect(code).toBe(EXIT_CODES.input);
    expect(err).toContain('differ');
  });
});

describe('diff', () => {
  const differing = (batches: object[][]): FakeWorldOptions => ({
    client: {
      explore: {
        diff: async function* () {
          yield* batches;
        },
      },
    },
  });
  const difference = {
    change: 'changed',
    service: 'ZooKeeper',
    kind: 'znode',
    key: ['a', 'b/c'],
    members: ['data'],
  };

  it('exits 1 when there are differences', async () => {
    const { code, out } = await runFake(['diff', 'cluster:a', 'cluster:b'], differing([[difference]]));
    expect(code).toBe(1);
    expect(out).toBe('~ ZooKeeper /a/b\\/c  (data)\n');
  });

  it('takes a service of both sides, or another one of the right', async () => {
    const asked: object[] = [];
    const diff = async function* (order: object) {
      asked.push(order);
      yield [];
    };
    const sides = ['diff', 'cluster:a', 'cluster:b', '--source', 'One'];
    await runFake(sides, { client: { explore: { diff } } });
    await runFake([...sides, '--right-source', 'Two'], { client: { explore: { diff } } });
    expect(asked).toMatchObject([
      { left: { service: 'One' }, right: { service: 'One' } },
      { left: { service: 'One' }, right: { service: 'Two' } },
    ]);
  });

  it('exits 0 when there are none', async () => {
    const { code, out } = await runFake(['diff', 'cluster:a', 'cluster:b', '--json'], differing([]));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ differences: 0 });
  });
});
