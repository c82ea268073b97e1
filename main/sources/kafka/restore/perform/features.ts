import { featureContent } from '../../content.ts';
import { nameAt, type Perform, wantedOf } from './task.ts';

/** One by one: a request that raises several is refused as a whole. */
export const raiseFeatures: Perform = async (tasks, { access, signal }) => {
  const outcomes: (Error | undefined)[] = [];
  for (const task of tasks) {
    const { level } = featureContent(wantedOf(task));
    const update = { name: nameAt(task, 1), level, allow: 'upgrade' } as const;
    outcomes.push(...(await access.client.updateFeatures([update], { signal })));
  }
  return outcomes;
};
