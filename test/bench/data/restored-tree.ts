import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { applySteps } from '../../../main/engine/restore/apply-restore.ts';
import { Journal, readJournal } from '../../../main/engine/restore/journal.ts';
import { StepWriter } from '../../../main/engine/restore/step-files.ts';
import type { PointView } from '../../../main/sources/contract.ts';
import zookeeper from '../../../main/sources/zookeeper/driver.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { ZooKeeperServer } from '../../servers/zookeeper.ts';
import { timed } from '../frame/interleave.ts';
import { unwatchedRun } from './run-recorder.ts';
import { connectSource } from './zookeeper-tree.ts';

export interface Restored {
  /** Seconds to compare the point with the empty server and write the steps to a file. */
  readonly plan: number;
  /** Seconds to carry the steps out, journal included. */
  readonly apply: number;
  readonly applied: number;
}

const SERVICE = 'zookeeper';
const REQUEST = { select: [], mode: 'equal' } as const;

/** Restores the point into an empty server the way a restore does; steps and journal go to the folder. */
export async function restoreTree(
  view: PointView,
  server: ZooKeeperServer,
  folder: string,
): Promise<Restored> {
  const connection = await connectSource(server);
  const steps = join(folder, randomBytes(8).toString('hex'));
  const run = unwatchedRun();
  try {
    const writer = await StepWriter.create(steps);
    const plan = await timed(async () => {
      const output = { step: writer.write.bind(writer), note: () => {}, progress: () => {} };
      await connection.plan(view, REQUEST, output);
      await writer.close();
    });
    const path = join(steps, 'journal');
    const journal = await Journal.open(path);
    const order = {
      plan: planOf(writer),
      service: SERVICE,
      open: {
        service: { source: zookeeper.id, service: SERVICE, options: {} },
        dataSource: zookeeper.dataSource,
        driver: zookeeper,
        connection,
      },
      view,
      steps,
      journal,
      before: await readJournal(path),
    };
    const apply = await timed(() => applySteps(order, run, new AbortController().signal));
    await journal.close();
    return { plan, apply, applied: run.run.counts.create ?? 0 };
  } finally {
    await connection.close();
  }
}

function planOf(writer: StepWriter): RestorePlan {
  const counts = [...writer.counts()];
  return {
    id: 'bench',
    created: new Date().toISOString(),
    order: { from: { of: 'point', point: 'bench' }, services: [], ...REQUEST, select: [] },
    cluster: 'bench',
    clusterName: 'bench',
    services: [{ service: SERVICE, into: SERVICE, source: zookeeper.id, counts, notes: [], differs: false }],
    checks: [],
    steps: counts.reduce((sum, { steps }) => sum + steps, 0),
  };
}
