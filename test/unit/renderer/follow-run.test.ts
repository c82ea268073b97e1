import { expect, test } from 'vitest';
import {
  type FollowedRun,
  followRun,
  NOTHING_YET,
  type RunCalls,
  withNews,
} from '../../../renderer/features/runs/follow-run.ts';
import type { LogLine, Run, RunEvent } from '../../../shared/model/run.ts';

const at = '2026-01-02T03:04:05.000Z';
const line = (text: string): LogLine => ({ at, level: 'info', text });

function run(done: number, state: Run['state'] = 'running'): Run {
  return {
    id: '0123456789abcdef',
    kind: 'backup',
    state,
    reason: 'person',
    started: at,
    steps: [{ name: 'capture', subject: 'ZooKeeper', state, started: at, done, bytes: 0 }],
    counts: {},
  };
}

/** A run whose events are given; each says which lines the log holds by then. */
function host(story: readonly { readonly event: RunEvent; readonly log: number }[]) {
  let written = 0;
  const asked: number[] = [];
  const calls: RunCalls = {
    watch: async () =>
      (async function* () {
        for (const { event, log } of story) {
          written = log;
          yield event;
        }
      })(),
    log: async (after, limit) => {
      asked.push(after);
      const last = Math.min(written, after + limit);
      return Array.from({ length: Math.max(0, last - after) }, (_, i) => line(`line ${after + i}`));
    },
  };
  return { calls, asked };
}

async function followed(calls: RunCalls): Promise<FollowedRun> {
  let state = NOTHING_YET;
  for await (const news of followRun(calls, new AbortController().signal)) state = withNews(state, news);
  return state;
}

test('every line comes once: those before, those that a watcher lost, and more than a page of them', async () => {
  const { calls, asked } = host([
    { event: { event: 'progress', run: run(1) }, log: 12_000 },
    { event: { event: 'progress', run: run(2) }, log: 12_000 },
    { event: { event: 'log', line: line('the watcher tells only of this one') }, log: 12_003 },
    { event: { event: 'progress', run: run(3) }, log: 12_003 },
    { event: { event: 'ended', run: run(3, 'succeeded') }, log: 12_003 },
  ]);
  const { run: last, lines, left } = await followed(calls);
  expect(last?.state).toBe('succeeded');
  expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 12_003 }, (_, i) => `line ${i}`));
  expect(left).toBe(0);
  // Progress without lines asks for none.
  expect(asked).toEqual([0, 5000, 10_000, 12_000]);
});

test('of a very long log the end stays, and how much is left out is told', async () => {
  const { calls } = host([{ event: { event: 'ended', run: run(1, 'failed') }, log: 23_456 }]);
  const { lines, left } = await followed(calls);
  expect(lines).toHaveLength(20_000);
  expect(lines.at(-1)?.text).toBe('line 23455');
  expect(left).toBe(3456);
});
