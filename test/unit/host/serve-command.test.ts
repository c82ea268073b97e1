import { describe, expect, it } from 'vitest';
import { runCli } from '../../../main/cli/main.ts';
import type { ServeRequest } from '../../../main/cli/world.ts';
import { fakeWorld } from '../cli/fake-world.ts';

const LINK = 'http://127.0.0.1:7420/#token=secret';

/** Runs `serve` until it serves, then interrupts it. */
async function serve(terminal: boolean, ...flags: string[]) {
  const requests: ServeRequest[] = [];
  const fake = fakeWorld(['serve', ...flags], { terminal });
  const code = await runCli({
    ...fake,
    serve: async (request) => {
      requests.push(request);
      setImmediate(fake.interrupt);
      return {
        url: 'http://127.0.0.1:7420',
        tokenFile: '/data/token',
        link: LINK,
        isVaultLocked: false,
        close: async () => undefined,
      };
    },
  });
  return { code, out: fake.out(), err: fake.err(), request: requests[0] };
}

describe('serve', () => {
  it.each([
    ['on a terminal', true, [], true],
    ['into a pipe or a journal', false, [], false],
    ['where it is asked for', false, ['--print-link'], true],
    ['as JSON for a program on a terminal', true, ['--json'], false],
    ['as JSON where it is asked for', false, ['--json', '--print-link'], true],
  ] as const)('prints the link that signs in %s or not', async (_case, terminal, flags, printed) => {
    const { code, out } = await serve(terminal, ...flags);
    expect(code).toBe(0);
    expect(out.includes(LINK)).toBe(printed);
  });

  it('takes certificate, names and folders as the host needs them', async () => {
    const { request } = await serve(
      false,
      ...['--address', '0.0.0.0', '--tls-certificate', 'tls.pem', '--tls-key', '/etc/tls.key'],
      ...['--public-name', 'a.test', '--public-name', 'b.test:443', '--open-folder', 'archives'],
    );
    expect(request).toMatchObject({
      address: '0.0.0.0',
      tls: { certificate: '/work/tls.pem', key: '/etc/tls.key' },
      publicNames: ['a.test', 'b.test:443'],
      openFolders: ['/work/archives'],
    });
  });

  it('wants certificate and key together', async () => {
    expect(await serve(false, '--tls-key', 'tls.key')).toMatchObject({ code: 2, request: undefined });
  });
});
