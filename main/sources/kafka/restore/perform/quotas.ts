import type { QuotaChange } from '../../../../protocols/kafka/index.ts';
import { quotaContent } from '../../content.ts';
import { quotaChange } from '../judge/quotas.ts';
import type { Perform, Task } from './task.ts';

export const changeQuotas: Perform = (tasks, { access, circumstances, validateOnly, signal }) =>
  access.client.alterQuotas(
    tasks.map((task) => changeOf(task, circumstances.mode)),
    { signal, validateOnly },
  );

function changeOf({ step, wanted, live }: Task, mode: 'equal' | 'merge'): QuotaChange {
  const either = wanted ?? live;
  if (either === undefined) throw new RangeError(`there is no quota ${step.key.join('/')}`);
  const point = wanted === undefined ? {} : quotaContent(wanted).values;
  const now = live === undefined ? {} : quotaContent(live).values;
  return { entity: quotaContent(either).entity, values: quotaChange(point, now, mode) };
}
