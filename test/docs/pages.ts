import { sourceDrivers } from '../../main/sources/registry.ts';
import { storageDrivers } from '../../main/storages/registry.ts';
import { sourcePage, storagePage } from './driver-page.ts';
import { errorPage } from './error-page.ts';

/** Every document that is derived from code, by its path in the project. */
export function derivedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/errors.md', errorPage()],
    ...sourceDrivers.map((driver): [string, string] => [`docs/drivers/${driver.id}.md`, sourcePage(driver)]),
    ...storageDrivers.map((driver): [string, string] => [
      `docs/drivers/${driver.id}.md`,
      storagePage(driver),
    ]),
  ]);
}
