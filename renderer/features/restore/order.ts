import { targetOf } from '../../../shared/command/target.ts';
import type { PlannedOrder, RestorePlan } from '../../../shared/model/plan.ts';
import type { RestoreSearch, RestoreStepName } from './search.ts';

/** Hours after which a plan is not carried out any more: the cluster has moved on. */
const PLAN_HOURS = 24;

/** What the address orders; undefined as long as it does not say from where. */
export function orderOf(search: RestoreSearch): PlannedOrder | undefined {
  const from = search.from === undefined ? undefined : targetOf(search.from);
  if (from === undefined || from.of === 'cluster') return undefined;
  if (from.of === 'undo') return { from, services: [], select: [], mode: 'equal' };
  const { services = [], select = [], to, into, mode = 'equal' } = search;
  return {
    from,
    services,
    select,
    mode,
    ...(to === undefined ? {} : { to }),
    ...(into === undefined ? {} : { into }),
  };
}

/** The wizard's steps. Taking a restore back leaves nothing to choose: it goes where it came from, and whole. */
export function stepsOf(order: PlannedOrder | undefined): readonly RestoreStepName[] {
  return order?.from.of === 'undo'
    ? ['point', 'plan', 'checks', 'confirm']
    : ['point', 'selection', 'target', 'plan', 'checks', 'confirm'];
}

/** The step that an address leads to: no further than what it says allows. */
export function stepOf(search: RestoreSearch): RestoreStepName {
  const order = orderOf(search);
  if (order === undefined) return 'point';
  const wished = search.step ?? entryStep(order);
  if (!stepsOf(order).includes(wished)) return 'plan';
  const needsPlan = wished === 'checks' || wished === 'confirm';
  return needsPlan && search.plan === undefined ? 'plan' : wished;
}

/** Where somebody begins who comes from another screen with a part of the order. */
function entryStep({ from, select }: PlannedOrder): RestoreStepName {
  if (from.of === 'undo') return 'plan';
  return select.length > 0 ? 'target' : 'selection';
}

/** Whether a text can be the path below which things are put; nothing: where they were. */
export function isIntoPath(text: string): boolean {
  return text === '' || /^(\/[^/]+)+$/.test(text);
}

/** Whether the host would refuse the plan as too old. */
export function isExpired({ created }: Pick<RestorePlan, 'created'>, now: number): boolean {
  return now - Date.parse(created) > PLAN_HOURS * 60 * 60_000;
}
