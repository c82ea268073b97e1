import type { EngineContext } from '../context.ts';
import { timelinePoint } from '../points/timeline-point.ts';
import { heldPoints } from '../restore/held-points.ts';
import { pinPoint } from '../retain/pin-point.ts';
import { removePoint } from '../retain/retain.ts';
import type { Api } from './implement.ts';
import { listFilter } from './list-filter.ts';

export const points = (engine: EngineContext, api: Api) => ({
  list: api.points.list.handler(({ input }) => engine.catalog.points.list(listFilter(engine, input))),
  timeline: api.points.timeline.handler(({ input }) =>
    engine.catalog.points.list(listFilter(engine, input)).map(timelinePoint),
  ),
  show: api.points.show.handler(async ({ input }) => {
    const point = engine.catalog.points.resolve(input.point);
    const heldBy = (await heldPoints(engine)).get(point.id);
    return heldBy === undefined ? point : { ...point, heldBy };
  }),
  pin: api.points.pin.handler(({ input, context: { signal } }) =>
    pinPoint(engine, engine.catalog.points.get(input.point), input.pinned, signal),
  ),
  remove: api.points.remove.handler(async ({ input, context: { signal } }) => {
    await removePoint(engine, engine.catalog.points.get(input.point), signal);
    return {};
  }),
});
