import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { RunStep } from '../../../shared/model/run.ts';
import { inPhaseOrder } from '../../ui/run-step-words.ts';
import { phaseCounts } from './plan-counts.ts';

type NamedStep = Pick<RunStep, 'name' | 'subject'>;

/**
 * The steps that a running restore has still to begin: first all archives are verified, then each service gets its
 * undo point, its phases and its comparison. Trying a service is not told of, as not every kind can be tried.
 */
export function expectedSteps(plan: RestorePlan, begun: readonly NamedStep[]): readonly NamedStep[] {
  const services = plan.services.map(({ service }) => service);
  const all = [
    ...services.map((subject) => ({ name: 'verify', subject })),
    ...plan.services.flatMap((service) => [
      { name: 'undo point', subject: service.service },
      ...inPhaseOrder(phaseCounts(service)).map(({ phase }) => ({
        name: `apply ${phase}`,
        subject: service.service,
      })),
      { name: 'compare', subject: service.service },
    ]),
  ];
  return all.filter(
    (each) => !begun.some(({ name, subject }) => name === each.name && subject === each.subject),
  );
}
