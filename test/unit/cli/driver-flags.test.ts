import { describe, expect, it } from 'vitest';
import { Cli } from '../../../main/cli/cli.ts';
import { buildProgram } from '../../../main/cli/program.ts';
import { type FakeWorldOptions, fakeWorld, runFake } from './fake-world.ts';

const SECRET = 'open sesame';

/** Adds a cluster and gives what the engine was asked. */
async function addCluster(flags: string[], options: FakeWorldOptions = {}) {
  const asked: { services: { source: string; service: string; options: Record<string, unknown> }[] }[] = [];
  const add = async (input: (typeof asked)[number]) => {
    asked.push(input);
    return input;
  };
  const result = await runFake(['cluster', 'add', 'lab', ...flags], {
    ...options,
    client: { clusters: { add } },
  });
  return { ...result, services: asked[0]?.services ?? [], asked };
}

/** Adds a storage, whose password is required. */
async function addStorage(flags: string[], options: FakeWorldOptions = {}) {
  const asked: { options: Record<string, unknown> }[] = [];
  const add = async (input: (typeof asked)[number]) => {
    asked.push(input);
    return { name: 'disk' };
  };
  const argv = ['storage', 'add', 'disk', '--driver', 'teststorage', ...flags];
  const result = await runFake(argv, { ...options, client: { storages: { add } } });
  return { ...result, options: asked[0]?.options };
}

describe('flags of a driver', () => {
  it('belong to the --source in front of them', async () => {
    const { services, code } = await addCluster([
      ...[
        '--source',
        'testsource',
        '--service',
        'One',
        '--connect-string',
        'a:1',
        '--tls',
        '--attempts',
        '5',
      ],
      ...['--source', 'testsource', '--connect-string', 'b:2', '--no-tls'],
      ...['--source', 'testsource', '--connect-string', 'c:3'],
    ]);
    expect(code).toBe(0);
    expect(services).toEqual([
      { source: 'testsource', service: 'One', options: { connectString: 'a:1', tls: 'true', attempts: '5' } },
      { source: 'testsource', service: 'TestSource', options: { connectString: 'b:2', tls: 'false' } },
      { source: 'testsource', service: 'TestSource-2', options: { connectString: 'c:3' } },
    ]);
  });

  it('come from the environment where they are not given', async () => {
    const env = { HOLDFAST_TESTSOURCE_CONNECT_STRING: 'env:1', HOLDFAST_TESTSOURCE_PASSWORD: SECRET };
    const { services } = await addCluster(['--source', 'testsource'], { env });
    expect(services[0]?.options).toEqual({ connectString: 'env:1', password: SECRET });
    const given = await addCluster(['--source', 'testsource', '--connect-string', 'flag:1'], { env });
    expect(given.services[0]?.options.connectString).toBe('flag:1');
  });

  it('read files where the value is the content of one', async () => {
    const flags = ['--source', 'testsource', '--connect-string', 'a', '--tls-ca-file', 'ca.pem'];
    const { services } = await addCluster(flags, { files: { 'ca.pem': 'PEM\n' } });
    expect(services[0]?.options.tlsCa).toBe('PEM\n');
  });

  it('make paths absolute', async () => {
    const { options } = await addStorage(['--directory', 'x', '--password-stdin'], { input: SECRET });
    expect(options?.directory).toBe('/work/x');
  });

  it.each([
    [['--connect-string', 'a:1', '--source', 'testsource'], '--connect-string'],
    [['--source', 'nowhere'], '--source nowhere'],
    [[], '--source'],
    [['--source', 'testsource', '--unknown', 'x'], '--unknown'],
  ])('are refused where they mean nothing: %j', async (flags, named) => {
    const { code, err, asked } = await addCluster(flags);
    expect(code).toBe(2);
    expect(err).toContain(named);
    expect(asked).toEqual([]);
  });
});

describe('a secret', () => {
  it.each([
    ['a file', ['--password-file', 'p'], { files: { p: `${SECRET}\n` } }],
    ['standard input', ['--password-stdin'], { input: `${SECRET}\r\n` }],
    ['a person', ['--password-prompt'], { answers: [SECRET] }],
    ['a person, because it is required', [], { answers: [SECRET] }],
    ['the environment', [], { env: { HOLDFAST_TESTSTORAGE_PASSWORD: SECRET } }],
    [
      'a file of the environment',
      [],
      { env: { HOLDFAST_TESTSTORAGE_PASSWORD_FILE: 'p' }, files: { p: SECRET } },
    ],
  ])('comes from %s and is never shown', async (_case, flags, world) => {
    const { code, options, out, err } = await addStorage(['--directory', '/x', ...flags], world);
    expect(code).toBe(0);
    expect(options).toEqual({ directory: '/x', password: SECRET });
    expect(out + err).not.toContain(SECRET);
  });

  it.each([[['--password', SECRET]], [[`--password=${SECRET}`]]])(
    'is refused as an argument',
    async (flags) => {
      const { code, options, out, err } = await addStorage(['--directory', '/x', ...flags]);
      expect(code).toBe(2);
      expect(options).toBeUndefined();
      expect(err).toContain('cli.secret-in-argument');
      expect(err).toContain('HOLDFAST_TESTSTORAGE_PASSWORD');
      expect(out + err).not.toContain(SECRET);
    },
  );

  it('is not echoed when it is asked for', async () => {
    const { world } = await addStorage(['--directory', '/x'], { answers: [SECRET] });
    expect(world.questions).toEqual(['[Password: ]']);
  });

  it('that another field calls for is asked for, where there is a person', async () => {
    const flags = ['--source', 'testsource', '--connect-string', 'a', '--auth'];
    const asked = await addCluster([...flags, 'digest'], { answers: [SECRET] });
    expect(asked.services[0]?.options).toEqual({ connectString: 'a', auth: 'digest', password: SECRET });
    const nobody = await addCluster([...flags, 'digest']);
    expect(nobody.services[0]?.options).toEqual({ connectString: 'a', auth: 'digest' });
    const unneeded = await addCluster([...flags, 'none'], { answers: [SECRET] });
    expect(unneeded.world.questions).toEqual([]);
  });

  it('that is required and cannot be asked for names the other ways', async () => {
    const { code, err } = await addStorage(['--directory', '/x']);
    expect(code).toBe(2);
    expect(err).toContain('--password-file PATH, --password-stdin, HOLDFAST_TESTSTORAGE_PASSWORD');
  });
});

describe('help', () => {
  it('teaches the flags of every driver with their environment names and never a secret on the command line', async () => {
    const { out, code } = await runFake(['storage', 'add', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('--directory <path>');
    expect(out).toContain('--access <none|all>');
    expect(out).toContain('env HOLDFAST_TESTSTORAGE_PASSWORD');
    expect(out).toContain('--password-file <path>');
    expect(out).not.toMatch(/--password[ =][<[]/);
    expect(out).toContain('Example');
  });

  it('is there for every command', async () => {
    const { program } = buildProgram(new Cli(fakeWorld([])));
    const paths = program.commands.flatMap((command) =>
      command.commands.length === 0
        ? [[command.name()]]
        : command.commands.map((child) => [command.name(), child.name()]),
    );
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths) {
      const { out, code, world } = await runFake([...path, '--help']);
      expect([path, code]).toEqual([path, 0]);
      expect(out).toContain(`Usage: holdfast ${path.join(' ')}`);
      expect(world.happened).toEqual([]);
    }
  });
});
