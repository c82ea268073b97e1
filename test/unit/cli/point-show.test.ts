import { expect, it } from 'vitest';
import { id, point } from '../catalog/sample.ts';
import { runFake } from './fake-world.ts';

it.each([
  [{ heldBy: id(7) }, true],
  [{}, false],
])('point show with %o tells which restore needs the point: %s', async (held, told) => {
  const client = { points: { show: async () => ({ ...point(1), ...held }) } };
  const { code, out } = await runFake(['point', 'show', id(1)], { client });
  expect(code).toBe(0);
  expect(/needed by +restore 0{15}7/.test(out)).toBe(told);
});
