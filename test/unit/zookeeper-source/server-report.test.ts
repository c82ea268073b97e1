import { expect, it } from 'vitest';
import { readReport } from '../../../main/sources/zookeeper/server-report.ts';

it('reads what a server says of itself', () => {
  const answer = `Zookeeper version: 3.9.4-7246445ec281f3dbf53dc54e970c914f39713903, built on 2025-08-19 19:53 UTC
Latency min/avg/max: 0/0.0/0
Received: 1
Sent: 0
Connections: 1
Outstanding: 0
Zxid: 0x0
Mode: standalone
Node count: 5
`;
  expect(readReport('zk:2181', answer)).toEqual({
    address: 'zk:2181',
    version: '3.9.4',
    mode: 'standalone',
    nodes: 5,
  });
});

it.each([
  [
    'srvr is not executed because it is not in the whitelist.\n',
    'srvr is not executed because it is not in the whitelist.',
  ],
  [
    'This ZooKeeper instance is not currently serving requests\n',
    'This ZooKeeper instance is not currently serving requests',
  ],
  ['', ''],
])('knows a server that answers without telling: %j', (answer, problem) => {
  expect(readReport('zk:2181', answer)).toEqual({ address: 'zk:2181', answers: true, problem });
});
