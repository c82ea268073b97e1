import { expect, it } from 'vitest';
import { runFake } from './fake-world.ts';

const id = 'a1'.repeat(8);
const verification = {
  archive: 'x.tar.gz',
  service: 'ZooKeeper',
  level: 'content',
  sound: true,
  damage: [],
  bytes: 2048,
  entries: 3,
};

function verify(complete: boolean, ...flags: string[]) {
  const client = {
    points: { show: async () => ({ id, complete }) },
    explore: {
      verify: async function* () {
        yield { event: 'verified', verification };
      },
    },
  };
  return runFake([...flags, 'verify', id], { client });
}

it('says of a sound but incomplete point that something is missing', async () => {
  const { code, out, err } = await verify(false);
  expect(code).toBe(0);
  expect(out).toContain('sound');
  expect(err).toContain(`Recovery point ${id} is incomplete`);
  expect((await verify(false, '--lang', 'zh')).err).toContain('不完整');
});

it('says nothing more of a complete one, and nothing at all to a program', async () => {
  expect((await verify(true)).err).toBe('');
  expect((await verify(false, '--json')).err).toBe('');
});
