import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

/** @throws HoldfastError `general.invalid-input` naming the drivers there are */
export function findDriver<D extends { readonly id: string }>(
  drivers: readonly D[],
  id: string,
  flag: string,
): D {
  const found = drivers.find((driver) => driver.id === id);
  if (found !== undefined) return found;
  const known = drivers.map((driver) => driver.id).join(', ');
  throw new HoldfastError('general.invalid-input', {
    what: `${flag} ${id}`,
    problem: detail('known', { known }),
  });
}
