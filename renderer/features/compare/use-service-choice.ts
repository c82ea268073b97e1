import type { Target } from '../../../shared/model/target.ts';
import { serviceOf, useServices } from '../../ui/target/use-services.ts';

/** Which service of the two sides is compared, where they have several. */
export interface ServiceChoice {
  /** Services that both sides have. */
  readonly common: readonly string[];
  /** To be named by a side that has several services and names none; undefined when nothing is lacking. */
  readonly wanted: string | undefined;
}

const NONE: readonly string[] = [];

/** What there is to choose. A side that names no service is taken for the other one's, else for the first of both. */
export function useServiceChoice(left: Target | undefined, right: Target | undefined): ServiceChoice {
  const [ofLeft = NONE, ofRight = NONE] = [useServices(left), useServices(right)];
  const common = ofLeft.filter((service) => ofRight.includes(service));
  const [one, other] = [left && serviceOf(left), right && serviceOf(right)];
  const lacksOne = one === undefined && ofLeft.length > 1;
  const lacksOther = other === undefined && ofRight.length > 1;
  return {
    common,
    wanted: lacksOne || lacksOther ? (one ?? other ?? common[0] ?? ofLeft[0] ?? ofRight[0]) : undefined,
  };
}
