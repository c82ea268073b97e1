import { expect, it } from 'vitest';
import { clusterIdentity } from '../../../main/sources/kafka/cluster-identity.ts';

it('tells Kafka clusters apart by their ids, and none where an id is not known', () => {
  const { differs } = clusterIdentity;
  const a = { clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' };
  expect(differs(a, { clusterId: 'q1Sh-9_ISia_zwGINzRvyQ' })).toBe(true);
  expect(differs(a, { ...a })).toBe(false);
  for (const unknown of [{}, { clusterId: '' }, { clusterId: null }]) {
    expect(differs(a, unknown)).toBe(false);
    expect(differs(unknown, a)).toBe(false);
  }
});
