import { join } from 'node:path';
import { openCatalog } from '../../../main/catalog/open.ts';
import type { HostProcess } from './host-process.ts';

/** How much of each there is to be, beside what is there. */
export interface LongHistory {
  readonly clusters: number;
  readonly tasks: number;
  readonly runs: number;
  readonly points: number;
}

const HOUR = 60 * 60 * 1000;
const id = (kind: string, number: number) => kind + number.toString(16).padStart(16 - kind.length, '0');
const numbered = (name: string, number: number) => `${name}-${String(number).padStart(4, '0')}`;

/**
 * Writes a history of years into the catalog of a host, from the first of each kind that is there: another run and
 * point for every hour back. The host is stopped for it and serves again afterwards.
 */
export async function growOld(host: HostProcess, history: LongHistory): Promise<void> {
  await host.stop();
  const catalog = openCatalog(join(host.directory, 'data', 'catalog.sqlite'));
  try {
    const [cluster] = catalog.clusters.list();
    const [task] = catalog.tasks.list();
    const [run] = catalog.runs.list({ limit: 1 });
    const [point] = catalog.points.list({ limit: 1 });
    if (!cluster || !task || !run || !point) throw new Error('there is nothing to grow from');
    const earlier = (at: string, hours: number) => new Date(Date.parse(at) - hours * HOUR).toISOString();
    const each = (count: number, write: (number: number) => void) => {
      for (let number = 1; number <= count; number++) write(number);
    };
    catalog.transaction(() => {
      each(history.clusters, (number) =>
        catalog.clusters.add({ ...cluster, id: id('c', number), name: numbered(cluster.name, number) }),
      );
      each(history.tasks, (number) =>
        catalog.tasks.add({ ...task, id: id('a', number), name: numbered(task.name, number) }),
      );
      each(history.runs, (number) => {
        const started = earlier(run.started, history.runs - number + 1);
        catalog.runs.add({ ...run, id: id('b', number), started, ended: started });
      });
      each(history.points, (number) =>
        catalog.points.put({ ...point, id: id('e', number), created: earlier(point.created, number) }),
      );
    });
  } finally {
    catalog.close();
  }
  await host.start();
}
