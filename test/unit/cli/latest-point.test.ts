import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import { runFake } from './fake-world.ts';

/** A point of so many days ago. */
function point(day: number, complete: boolean) {
  const id = day.toString(16).padStart(16, 'a');
  return { id, complete, created: new Date(Date.UTC(2026, 2, 31 - day)).toISOString(), archives: [] };
}

async function pin(points: readonly ReturnType<typeof point>[], ...flags: string[]) {
  const pinned: string[] = [];
  const client = {
    points: {
      list: async ({ task, after, limit }: { task: string; after?: string; limit: number }) => {
        expect(task).toBe('nightly');
        const from = points.findIndex(({ id }) => id === after) + 1;
        return points.slice(from, from + limit);
      },
      pin: async ({ point: id }: { point: string }) => {
        pinned.push(id);
        return { ...point(0, true), id, taskName: 'nightly', clusterName: 'lab', pinned: true };
      },
    },
  };
  return { ...(await runFake([...flags, 'point', 'pin', 'latest:nightly'], { client })), pinned };
}

describe('latest:TASK', () => {
  it('is the newest point, and nothing is said of it, when that is complete', async () => {
    const { code, err, pinned } = await pin([point(1, true), point(2, true)]);
    expect(code).toBe(0);
    expect(pinned).toEqual([point(1, true).id]);
    expect(err).toBe('');
  });

  it.each([1, 25])('passes over %i incomplete ones, and says so', async (incomplete) => {
    const before = Array.from({ length: incomplete }, (_, day) => point(day, false));
    const { code, err, pinned } = await pin([...before, point(30, true), point(31, true)]);
    expect(code).toBe(0);
    expect(pinned).toEqual([point(30, true).id]);
    expect(err).toContain(`${point(0, false).id}, is incomplete: taking ${point(30, true).id} of 2026-03-01`);
    const chinese = await pin([...before, point(30, true)], '--lang', 'zh');
    expect(chinese.err).toContain(`${point(0, false).id} 不完整`);
  });

  it('fails and names the incomplete one when there is no other', async () => {
    const { code, err, pinned } = await pin(Array.from({ length: 20 }, (_, day) => point(day, false)));
    expect(code).toBe(EXIT_CODES.missing);
    expect(err).toContain('cli.no-complete-point');
    expect(err).toContain(`point show ${point(0, false).id}`);
    expect(pinned).toEqual([]);
  });

  it('fails where there is no point', async () => {
    const { code, err } = await pin([]);
    expect(code).toBe(EXIT_CODES.missing);
    expect(err).toContain('cli.unknown-id');
  });
});
