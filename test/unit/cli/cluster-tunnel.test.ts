import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import { type FakeWorldOptions, runFake } from './fake-world.ts';

const SECRET = 'open sesame';
const HOST_KEY = `SHA256:${'a'.repeat(43)}`;

/** Runs a command on clusters; gives what the engine was asked by `verb`. */
async function asked(verb: 'add' | 'update', argv: string[], options: FakeWorldOptions = {}) {
  const inputs: object[] = [];
  const services = [{ source: 'testsource', service: 'One', options: {} }];
  const clusters = {
    show: async () => ({ name: 'lab', services }),
    [verb]: async (input: object) => {
      inputs.push(input);
      return { name: 'lab' };
    },
  };
  const result = await runFake(['cluster', ...argv], { ...options, client: { clusters } });
  return { ...result, inputs };
}

const service = ['--source', 'testsource', '--connect-string', 'a:1'];

describe('the tunnel of a cluster', () => {
  it('is given before or behind a service, and belongs to the cluster', async () => {
    const before = ['--tunnel-host', 'bastion', '--tunnel-user', 'ops'];
    const behind = ['--tunnel-auth', 'agent', '--tunnel-host-key', HOST_KEY];
    const { inputs, code } = await asked('add', ['add', 'lab', ...before, ...service, ...behind]);
    expect(code).toBe(0);
    expect(inputs).toMatchObject([
      {
        tunnel: { host: 'bastion', user: 'ops', auth: 'agent', hostKey: HOST_KEY },
        services: [{ options: { connectString: 'a:1' } }],
      },
    ]);
  });

  it('is none where no host is given', async () => {
    const env = { HOLDFAST_TUNNEL_USER: 'ops', HOLDFAST_TUNNEL_PASSWORD: SECRET };
    expect((await asked('add', ['add', 'lab', ...service], { env })).inputs[0]).not.toHaveProperty('tunnel');
    const withHost = { ...env, HOLDFAST_TUNNEL_HOST: 'bastion', HOLDFAST_TUNNEL_AUTH: 'password' };
    expect((await asked('add', ['add', 'lab', ...service], { env: withHost })).inputs).toMatchObject([
      { tunnel: { host: 'bastion', user: 'ops', auth: 'password', password: SECRET } },
    ]);
  });

  it('takes no secret from the command line', async () => {
    const { inputs, code, out, err } = await asked('update', ['set', 'lab', '--tunnel-password', SECRET]);
    expect(code).toBe(EXIT_CODES.input);
    expect(inputs).toEqual([]);
    expect(out + err).not.toContain(SECRET);
  });

  it('is changed by what is given and nothing else', async () => {
    const env = { HOLDFAST_TUNNEL_HOST: 'other', HOLDFAST_TUNNEL_PASSWORD: 'other' };
    const flags = ['--tunnel-port', '2222', '--tunnel-password-stdin', '--tunnel-unset', 'private-key'];
    const { inputs } = await asked('update', ['set', 'lab', ...flags], { env, input: SECRET });
    expect(inputs).toMatchObject([{ tunnel: { port: '2222', password: SECRET, privateKey: null } }]);
    expect((await asked('update', ['set', 'lab', '--read-only'], { env })).inputs[0]).not.toHaveProperty(
      'tunnel',
    );
  });

  it('is taken away', async () => {
    expect((await asked('update', ['set', 'lab', '--no-tunnel'])).inputs).toMatchObject([{ tunnel: null }]);
  });

  it('has no option that it does not know', async () => {
    const { code, inputs } = await asked('update', ['set', 'lab', '--tunnel-unset', 'shoes']);
    expect(code).toBe(EXIT_CODES.input);
    expect(inputs).toEqual([]);
  });
});
