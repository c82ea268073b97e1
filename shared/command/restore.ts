import type { PlannedOrder } from '../model/plan.ts';
import { type CommandPart, commandLine } from './command.ts';
import { serviceFlag, targetArgument } from './target.ts';

/** `holdfast restore …` for an order: without `confirm` only its plan is shown. */
export function restoreCommand(order: PlannedOrder, confirm?: string): string {
  const ending: CommandPart =
    confirm === undefined ? { flag: 'dry-run', value: true } : { flag: 'confirm', value: confirm };
  const { from } = order;
  if (from.of === 'undo') return commandLine(['restore', { flag: 'undo', value: from.run }, ending]);
  const only = serviceFlag(from);
  const services = order.services.length > 0 || only === undefined ? order.services : [only];
  return commandLine([
    'restore',
    targetArgument(from),
    ...services.map((service): CommandPart => ({ flag: 'source', value: service })),
    ...order.select.map((pattern): CommandPart => ({ flag: 'select', value: pattern })),
    { flag: 'to', value: order.to },
    { flag: 'into', value: order.into },
    { flag: 'mode', value: order.mode === 'equal' ? undefined : order.mode },
    ending,
  ]);
}
