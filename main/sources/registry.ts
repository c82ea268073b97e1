import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import type { SourceDriver } from './contract.ts';
import kafka from './kafka/driver.ts';
import zookeeper from './zookeeper/driver.ts';

/** Every kind of source, in the order in which the faces offer them. */
export const sourceDrivers: readonly SourceDriver[] = [zookeeper, kafka];

/** @throws HoldfastError `general.invalid-input` when there is no such driver. */
export function findSourceDriver(id: string): SourceDriver {
  const found = sourceDrivers.find((driver) => driver.id === id);
  if (found !== undefined) return found;
  const known = sourceDrivers.map((driver) => driver.id).join(', ');
  throw new HoldfastError('general.invalid-input', {
    what: detail('source-type', { id }),
    problem: detail('known', { known }),
  });
}
