import type { KafkaClient } from '../../../main/protocols/kafka/index.ts';
import { until } from '../../servers/condition.ts';
import { accepted } from './bench.ts';

const NAME = 'message.max.bytes';
/** Less than any batch of records takes. */
const TOO_LITTLE = '50';

/** Has all brokers refuse records, or take them again; resolves when the given ones go by it. */
export async function refuseRecords(
  client: KafkaClient,
  brokers: readonly number[],
  refuse: boolean,
): Promise<void> {
  const values = { [NAME]: refuse ? TOO_LITTLE : null };
  await accepted(client.incrementalAlterConfigs([{ resource: { type: 'broker', name: '' }, values }]));
  const resources = brokers.map((id) => ({ type: 'broker', name: `${id}` }) as const);
  await until(`the brokers ${refuse ? 'to refuse' : 'to take'} records`, async () => {
    const told = await client.describeConfigs(resources);
    const limits = told.flatMap((each) => (each instanceof Error ? [] : each.values)).filter(isLimit);
    const done = limits.filter(({ value }) => (value === TOO_LITTLE) === refuse);
    return done.length === brokers.length || undefined;
  });
}

function isLimit({ name }: { readonly name: string }): boolean {
  return name === NAME;
}
