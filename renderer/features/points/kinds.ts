import type { SourceDescription } from '../../../shared/model/driver.ts';
import { useDrivers } from '../../forms/use-drivers.ts';

export type DriverKind = SourceDescription['kinds'][number];

const NONE: readonly DriverKind[] = [];

/** The kinds of object that a source captures; none as long as they are not known. */
export function useKinds(source: string): readonly DriverKind[] {
  return useDrivers().data?.sources.find(({ id }) => id === source)?.kinds ?? NONE;
}
