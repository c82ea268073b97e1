import { expect } from 'vitest';
import type { Storage } from '../../main/storages/contract.ts';
import { collect } from './bytes.ts';
import { type Child, nextLine } from './child.ts';

/** Waits until every child is ready, then lets all of them go at the same moment. */
export async function goTogether(children: readonly Child[]): Promise<void> {
  for (const child of children) expect(await nextLine(child)).toBe('ready');
  for (const child of children) child.say('go');
}

/** Two children that create the same objects: one of them makes each, and that one's bytes are there. */
export async function expectOneWinnerEach(
  start: (name: string) => Child,
  objects: number,
  open: () => Promise<Storage>,
): Promise<void> {
  const racers = ['a', 'b'].map((name) => ({ name, child: start(name) }));
  await goTogether(racers.map(({ child }) => child));
  const winners = new Map<number, string>();
  let wins = 0;
  for (const { name, child } of racers) {
    for (const at of (await nextLine(child)) as number[]) {
      winners.set(at, name);
      wins += 1;
    }
    expect(await child.ended).toBe(0);
  }
  expect([wins, winners.size]).toEqual([objects, objects]);
  const storage = await open();
  for (const [at, name] of winners) {
    expect((await collect(storage.read(`race/${at}`))).toString()).toBe(`${name} made ${at}`);
  }
  await storage.close();
}
