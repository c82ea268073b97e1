import { diffCommand } from '../../../shared/command/diff.ts';
import type { Target } from '../../../shared/model/target.ts';
import { serviceOf, withService } from '../../ui/target/use-services.ts';
import type { ServiceChoice } from './service-choice.ts';

/** The line that compares the same. Once one side names a service the other one does, too: one alone holds for both. */
export function compareCommand(
  left: Target,
  right: Target,
  [ofLeft, ofRight]: ServiceChoice['compared'],
  prefix?: string,
): string {
  const someNamed = serviceOf(left) !== undefined || serviceOf(right) !== undefined;
  const named = (target: Target, service: string | undefined) =>
    someNamed && service !== undefined ? withService(target, service) : target;
  return diffCommand(named(left, ofLeft), named(right, ofRight), prefix);
}
