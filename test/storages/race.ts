import { createInterface } from 'node:readline';
import type { Storage } from '../../main/storages/contract.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { stream } from './bytes.ts';

export const RACE_OBJECTS = 60;

/**
 * In a process of its own: waits for a line on the input, then tries to create objects that other processes try to
 * create as well. Gives the numbers of those that it created; each holds its name.
 */
export async function race(storage: Storage, name: string, ready: () => void): Promise<number[]> {
  ready();
  const input = createInterface({ input: process.stdin });
  await new Promise((resolve) => input.once('line', resolve));
  input.close();
  const won: number[] = [];
  for (let at = 0; at < RACE_OBJECTS; at += 1) {
    try {
      await storage.write(`race/${at}`, stream(Buffer.from(`${name} made ${at}`)), { ifAbsent: true });
      won.push(at);
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== 'storage.exists') throw error;
    }
  }
  return won;
}
