import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { describeField } from '../../../main/engine/api/drivers.ts';
import { changeClusterCommands } from '../../../shared/command/cluster.ts';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import { TUNNEL_FIELDS } from '../../../shared/model/tunnel.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import { type FakeWorldOptions, runFake, testSource } from './fake-world.ts';

const SECRET = 'open sesame';

/** Changes a cluster with the services `One` and `Two`; gives what the engine was asked. */
async function setCluster(flags: string[], options: FakeWorldOptions = {}) {
  const asked: object[] = [];
  const services = ['One', 'Two'].map((service) => ({ source: 'testsource', service, options: {} }));
  const clusters = {
    show: async () => ({ name: 'lab', services }),
    update: async (input: object) => {
      asked.push(input);
      return { name: 'lab' };
    },
  };
  const result = await runFake(['cluster', 'set', 'lab', ...flags], { ...options, client: { clusters } });
  return { ...result, asked };
}

describe('cluster set', () => {
  it('passes on what is given and nothing else', async () => {
    const env = { HOLDFAST_TESTSOURCE_CONNECT_STRING: 'env:1', HOLDFAST_TESTSOURCE_PASSWORD: 'env' };
    const flags = ['--no-read-only', '--service', 'Two', '--attempts', '5', '--password-stdin'];
    const { asked, code, out } = await setCluster(flags, { env, input: SECRET });
    expect(code).toBe(0);
    expect(asked).toEqual([
      {
        name: 'lab',
        readOnly: false,
        limits: {},
        services: [{ service: 'Two', options: { attempts: '5', password: SECRET } }],
      },
    ]);
    expect(out).toBe('Changed cluster lab.\n');
  });

  it('asks for a secret only where that is wanted', async () => {
    const flags = ['--service', 'One', '--auth', 'digest', '--service', 'Two', '--password-prompt'];
    const { asked, world } = await setCluster(flags, { answers: [SECRET] });
    expect(world.questions).toHaveLength(1);
    expect(asked).toMatchObject([
      {
        services: [
          { service: 'One', options: { auth: 'digest' } },
          { service: 'Two', options: { password: SECRET } },
        ],
      },
    ]);
  });

  it('accepts what the services are now, only when told to', async () => {
    const { asked } = await setCluster(['--accept-identity']);
    expect(asked).toEqual([{ name: 'lab', limits: {}, services: [], acceptIdentity: true }]);
  });

  it.each([
    ['--objects-per-second=20', 20],
    ['--no-objects-per-second', null],
  ])('%s sets or lifts the limit', async (flag, objectsPerSecond) => {
    const { asked } = await setCluster([flag]);
    expect(asked).toEqual([{ name: 'lab', limits: { objectsPerSecond }, services: [] }]);
  });

  it('takes options away', async () => {
    const { asked } = await setCluster(['--service', 'One', '--unset', 'tls-ca', '--unset', 'password']);
    expect(asked).toMatchObject([
      { services: [{ service: 'One', options: { tlsCa: null, password: null } }] },
    ]);
  });

  it.each([
    [['--service', 'Three'], 'known: One, Two'],
    [['--service', 'One', '--unset', 'nothing'], '--unset nothing'],
    [['--tls'], '--tls'],
    [['--service', 'One', '--password', SECRET], '--password'],
  ])('refuses %j', async (flags, named) => {
    const { asked, code, err } = await setCluster(flags);
    expect(code).toBe(EXIT_CODES.input);
    expect(err).toContain(named);
    expect(err).not.toContain(SECRET);
    expect(asked).toEqual([]);
  });
});

describe('the line that the form of a cluster shows', () => {
  const fields = describeFields(testSource.options).map(describeField);
  const tunnelFields = TUNNEL_FIELDS.map(describeField);
  const nothing = { name: 'lab', settings: {}, services: [], added: [], removed: [] };

  it('does what the form does', async () => {
    const settings = {
      environment: 'test',
      readOnly: false,
      colour: null,
      folder: 'europe/lab 2',
      description: "-Very old: it's theirs",
      limits: { requestsInFlight: 4, objectsPerSecond: null },
    } as const;
    const tunnel = { host: 'bastion', port: 2222, privateKey: 'a key', passphrase: null };
    const services = [
      { service: 'One', options: { auth: 'digest', attempts: 3, tls: false, tlsCa: null } },
      { service: 'Two', options: { password: SECRET, connectString: 'b:2' } },
    ];
    const lines = changeClusterCommands({
      ...nothing,
      settings,
      tunnel: { fields: tunnelFields, options: tunnel },
      services: services.map((service) => ({ ...service, fields })),
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(SECRET);
    const [holdfast, cluster, set, lab, ...flags] = words(lines[0] ?? '');
    expect([holdfast, cluster, set, lab]).toEqual(['holdfast', 'cluster', 'set', 'lab']);
    const files = { 'tunnel-private-key.pem': 'a key' };
    const { asked } = await setCluster(flags, { answers: [SECRET], files });
    const given = JSON.parse(JSON.stringify({ name: 'lab', ...settings, tunnel, services }), asTyped);
    expect(JSON.parse(JSON.stringify(asked), asTyped)).toEqual([given]);
  });

  it('is one for what is changed, added and removed each, and none when nothing is', () => {
    expect(changeClusterCommands(nothing)).toEqual([]);
    const lines = changeClusterCommands({
      ...nothing,
      tunnel: null,
      services: [{ service: 'One', fields, options: {} }],
      added: [
        { source: 'testsource', service: 'Three', fields, options: { connectString: 'c:3', tls: true } },
      ],
      removed: ['Two'],
    });
    expect(lines).toEqual([
      'holdfast cluster set lab --no-tunnel',
      'holdfast cluster add-service lab --source testsource --service Three --connect-string c:3 --tls',
      'holdfast cluster remove-service lab Two',
    ]);
  });

  /** As a shell splits it. */
  function words(line: string): string[] {
    const read = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
    return read.split('\0').slice(0, -1);
  }

  /** Drivers read numbers and switches from texts as well. */
  function asTyped(_: string, value: unknown): unknown {
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  }
});
