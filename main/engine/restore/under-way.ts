import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Run } from '../../../shared/model/run.ts';
import type { EngineContext } from '../context.ts';

/** The restore, or undo of one, that is changing the cluster. */
export function restoreUnderWay({ catalog }: EngineContext, cluster: string): Run | undefined {
  return catalog.runs
    .list({ kinds: ['restore', 'undo'], states: ['running'], limit: -1 })
    .find((run) => run.cluster === cluster);
}

/** @throws HoldfastError `engine.restore-under-way` */
export function refuseDuringRestore(context: EngineContext, cluster: string): void {
  const running = restoreUnderWay(context, cluster);
  if (running !== undefined) throw new HoldfastError('engine.restore-under-way', { run: running.id });
}
