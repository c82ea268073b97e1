import type { StorageDescription } from '../../../shared/model/driver.ts';
import { type FormValues, missingFields, optionsToAdd, startValues } from '../form-model.ts';

/** A storage while it is being added. Lives only in the page: its values may hold secrets. */
export interface StorageDraft {
  readonly name: string;
  readonly driver: string;
  readonly values: FormValues;
}

/** An empty draft for a driver, or the draft with another driver: its name stays. */
export function draftFor(driver: StorageDescription, name = ''): StorageDraft {
  return { name, driver: driver.id, values: startValues(driver.options) };
}

/** What the contract takes of a draft. */
export function storageOf(draft: StorageDraft, driver: StorageDescription) {
  return {
    name: draft.name.trim(),
    driver: draft.driver,
    options: optionsToAdd(driver.options, draft.values),
  };
}

/** Whether it has a name and what its driver needs; what the values are worth, the host says. */
export function isStorageFilled(draft: StorageDraft, driver: StorageDescription): boolean {
  return draft.name.trim() !== '' && missingFields(driver.options, draft.values).length === 0;
}
