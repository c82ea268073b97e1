import type { Target } from '../../../shared/model/target.ts';
import { serviceOf, useServices } from '../../ui/target/use-services.ts';
import { type ServiceChoice, serviceChoice } from './service-choice.ts';

/** What there is to choose; nothing as long as a side is not there or its services are not known. */
export function useServiceChoice(left: Target | undefined, right: Target | undefined): ServiceChoice {
  const [ofLeft, ofRight] = [useServices(left), useServices(right)];
  return serviceChoice(
    { named: left && serviceOf(left), offered: ofLeft },
    { named: right && serviceOf(right), offered: ofRight },
  );
}
