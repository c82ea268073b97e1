import type { Point } from '../../../shared/model/point.ts';
import type { EngineContext } from '../context.ts';
import { pinPoint } from '../retain/pin-point.ts';
import { removePoint } from '../retain/retain.ts';
import { api } from './implement.ts';
import { taskId } from './runs.ts';

export const points = (engine: EngineContext) => ({
  list: api.points.list.handler(({ input }) => {
    const { task, after, limit } = input;
    return engine.catalog.points.list({
      limit,
      ...(task === undefined ? {} : { task: taskId(engine, task) }),
      ...(after === undefined ? {} : { after }),
    });
  }),
  show: api.points.show.handler(({ input }) => find(engine, input.point)),
  pin: api.points.pin.handler(({ input, signal }) =>
    pinPoint(engine, find(engine, input.point), input.pinned, signal ?? new AbortController().signal),
  ),
  remove: api.points.remove.handler(async ({ input, signal }) => {
    const point = find(engine, input.point);
    await removePoint(engine, point, signal ?? new AbortController().signal);
    return {};
  }),
});

function find(engine: EngineContext, id: string): Point {
  return engine.catalog.points.resolve(id);
}
