import { randomBytes } from 'node:crypto';
import type { StorageContext } from '../../main/storages/contract.ts';

/** What drivers get in tests: the real clock and real randomness. */
export const storageContext: StorageContext = {
  now: () => new Date(),
  randomHex: (bytes) => randomBytes(bytes).toString('hex'),
};
