import { groupBy } from '../../../shared/group-by.ts';
import type { RestorePlan, ServicePlan } from '../../../shared/model/plan.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';

export const ACTIONS = [
  'remove',
  'create',
  'change',
  'raise',
  'protect',
] as const satisfies readonly RestoreStep['action'][];
export type Action = (typeof ACTIONS)[number];

/** A phase of a service's plan: its steps by action, and where they lie among all of the service. */
export interface PhaseCounts {
  readonly phase: string;
  readonly byAction: { readonly [action in Action]: number };
  readonly steps: number;
  /** Steps of the service before this phase. */
  readonly offset: number;
}

/** The phases in the order in which they are carried out. */
export function phaseCounts({ counts }: Pick<ServicePlan, 'counts'>): readonly PhaseCounts[] {
  let offset = 0;
  return [...groupBy(counts, ({ phase }) => phase)].map(([phase, members]) => {
    const byAction = { remove: 0, create: 0, change: 0, raise: 0, protect: 0 };
    for (const { action, steps } of members) if (isAction(action)) byAction[action] += steps;
    const steps = members.reduce((sum, each) => sum + each.steps, 0);
    const found = { phase, byAction, steps, offset };
    offset += steps;
    return found;
  });
}

/** Steps of the whole plan by action. */
export function actionCounts({ services }: Pick<RestorePlan, 'services'>): {
  readonly [action in Action]: number;
} {
  const sums = { remove: 0, create: 0, change: 0, raise: 0, protect: 0 };
  for (const { action, steps } of services.flatMap(({ counts }) => counts)) {
    if (isAction(action)) sums[action] += steps;
  }
  return sums;
}

function isAction(action: string): action is Action {
  return ACTIONS.some((each) => each === action);
}

/** How a plan ends up: something to do, nothing at all, or nothing though something differs. */
export function planOutcome({ steps, services }: RestorePlan): 'work' | 'equal' | 'differs' {
  if (steps > 0) return 'work';
  return services.some(({ differs }) => differs) ? 'differs' : 'equal';
}
