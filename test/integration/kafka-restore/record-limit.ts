import type { KafkaClient } from '../../../main/protocols/kafka/index.ts';
import { until } from '../../servers/condition.ts';
import { accepted } from './bench.ts';

const NAME = 'message.max.bytes';
/** Less than any batch of records takes. */
const TOO_LITTLE = '50';
/** What Kafka does without the setting; brokers do not always go back to it when the setting is taken away. */
const USUAL = '1048588';

/** Has all brokers refuse records, or take them again; resolves when the given ones go by it. */
export async function refuseRecords(
  client: KafkaClient,
  brokers: readonly number[],
  refuse: boolean,
): Promise<void> {
  const value = refuse ? TOO_LITTLE : USUAL;
  const values = { [NAME]: value };
  await accepted(client.incrementalAlterConfigs([{ resource: { type: 'broker', name: '' }, values }]));
  const resources = brokers.map((id) => ({ type: 'broker', name: `${id}` }) as const);
  await until(`the brokers ${refuse ? 'to refuse' : 'to take'} records`, async () => {
    const told = await client.describeConfigs(resources);
    const shown = told.flatMap((each) => (each instanceof Error ? [] : each.values));
    const set = shown.filter((each) => each.name === NAME && each.value === value);
    return set.length === brokers.length || undefined;
  });
}
