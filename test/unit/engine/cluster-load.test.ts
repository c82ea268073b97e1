import { describe, expect, it } from 'vitest';
import { ClusterLoad } from '../../../main/engine/cluster-load.ts';

const cluster = { id: '1'.repeat(16), limits: { requestsInFlight: 2 } };

describe('the load on a cluster', () => {
  it('is limited over all connections together', async () => {
    const load = new ClusterLoad();
    let underWay = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
    };
    const connections = [load.gate(cluster), load.gate({ ...cluster })];
    const calls = connections.flatMap((gate) =>
      Array.from({ length: 10 }, () => gate.run(1, undefined, work)),
    );
    await Promise.all(calls);
    expect(most).toBe(2);
  });

  it('follows a change of the limits, and keeps clusters apart', () => {
    const load = new ClusterLoad();
    const first = load.gate(cluster);
    expect(load.gate({ ...cluster, limits: { requestsInFlight: 5 } }).requestsInFlight).toBe(5);
    expect(load.gate({ ...cluster, id: '2'.repeat(16) })).not.toBe(first);
  });
});
