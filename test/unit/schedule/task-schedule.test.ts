import { describe, expect, it } from 'vitest';
import { TaskSchedule } from '../../../main/engine/schedule/task-schedule.ts';
import type { Schedule } from '../../../shared/model/task.ts';
import { ManualClock } from '../../clock/manual-clock.ts';
import { cluster, id, storage, task } from '../catalog/sample.ts';
import { temporaryCatalog } from '../catalog/temporary.ts';

const hourly: Schedule = { start: '2026-06-01T00:00:00.000Z', every: 1, unit: 'hours', timeZone: 'UTC' };

/** A catalog's tasks 1 and 2, both hourly. */
function stage(first: Partial<Schedule> = {}) {
  const { catalog } = temporaryCatalog();
  const created = '2026-06-01T00:30:00.000Z';
  const clock = new ManualClock(created);
  catalog.clusters.add(cluster(1));
  catalog.storages.add(storage(1));
  catalog.tasks.add(task(1, { created, schedule: { ...hourly, ...first } }));
  catalog.tasks.add(task(2, { created, schedule: hourly }));
  const started: string[] = [];
  const errors: string[] = [];
  const schedule = new TaskSchedule(catalog, clock);
  schedule.start(
    async ({ name }) => {
      started.push(name);
      return 'ended';
    },
    (failed, error) => errors.push(`${failed}: ${String(error)}`),
  );
  return { catalog, clock, started, errors };
}

describe('the schedule of the catalog’s tasks', () => {
  it('reports a task whose zone is unknown and follows the others', async () => {
    const { clock, started, errors } = stage({ timeZone: 'Nowhere/Here' });
    expect(errors).toEqual([expect.stringContaining(`${id(1)}: HoldfastError: There is no time zone`)]);
    await clock.pass(31 * 60_000);
    expect(started).toEqual(['task 2']);
  });

  it('survives a task that went without being told', async () => {
    const { catalog, clock, started, errors } = stage();
    catalog.tasks.remove(id(1));
    await clock.pass(30 * 60_000);
    expect(started).toEqual(['task 2']);
    expect(errors[0]).toContain(`${id(1)}: HoldfastError: There is no task`);
  });
});
