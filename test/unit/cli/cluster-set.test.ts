import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import { type FakeWorldOptions, runFake } from './fake-world.ts';

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
