import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import type { StorageDriver } from './contract.ts';
import local from './local.ts';
import obs from './obs.ts';

/** Every kind of storage, in the order in which the faces offer them. */
export const storageDrivers: readonly StorageDriver[] = [local, obs];

/** @throws HoldfastError `general.invalid-input` when there is no such driver. */
export function findStorageDriver(id: string): StorageDriver {
  const found = storageDrivers.find((driver) => driver.id === id);
  if (found !== undefined) return found;
  const known = storageDrivers.map((driver) => driver.id).join(', ');
  throw new HoldfastError('general.invalid-input', {
    what: detail('storage-type', { id }),
    problem: detail('known', { known }),
  });
}
