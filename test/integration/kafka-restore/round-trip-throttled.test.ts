import { expect, test } from 'vitest';
import { startKafka } from '../../servers/kafka.ts';
import { accepted, captureAll, equal, openClient, openSource, restored, settle } from './bench.ts';

const EXTRA = 60;
const PER_SECOND = 10;

test('a cluster that takes only so many changes a second is given the time, whatever the patience', async () => {
  // Two windows of a second: so much may come at once.
  await using kafka = await startKafka({ properties: { 'controller.quota.window.num': '2' } });
  const source = await openSource(kafka, { patience: 2 });
  const point = await captureAll(source, { kinds: ['topics'] });
  const client = await openClient(kafka);
  const names = Array.from({ length: EXTRA }, (_, i) => `extra-${i}`);
  await accepted(client.createTopics(names.map((name) => ({ name, replicas: [[1]], configs: {} }))));
  await settle(kafka);
  const values = { controller_mutation_rate: PER_SECOND };
  await accepted(client.alterQuotas([{ entity: { clientId: null }, values }]));
  // The quota holds once this is refused.
  const probe = { name: 'extra-0', total: 26 };
  await expect
    .poll(async () =>
      (await client.createPartitions([probe], { validateOnly: true })).map((each) => each?.code),
    )
    .toEqual(['THROTTLING_QUOTA_EXCEEDED']);
  const { done, stuck } = await restored(source, point, equal);
  expect(stuck).toEqual([]);
  expect(done).toHaveLength(EXTRA);
  expect((await client.describeTopics()).filter(({ internal }) => !internal)).toEqual([]);
  await Promise.all([source.close(), client.close()]);
});
