import type { SourceConnection } from '../../../main/sources/contract.ts';
import driver from '../../../main/sources/kafka/driver.ts';
import { type KafkaOptions, kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { type KafkaSelection, kafkaSelection } from '../../../main/sources/kafka/selection.ts';
import { LoadGate, type LoadLimits } from '../../../main/sources/load.ts';
import type { KafkaTarget } from '../../foreign/kafka.ts';

/** A source connection as the engine opens it, over the plain listener unless the options say more. */
export async function openSource(
  target: KafkaTarget,
  options: Partial<KafkaOptions> = {},
  limits: LoadLimits = { requestsInFlight: 8 },
): Promise<SourceConnection> {
  const all = kafkaOptions.parse({ bootstrapServers: target.bootstrap.plain, ...options });
  return driver.connect(all, { now: () => new Date(), random: Math.random, gate: new LoadGate(limits) });
}

/** Everything but what the selection says otherwise. */
export function selecting(selection: Partial<KafkaSelection> = {}): KafkaSelection {
  return kafkaSelection.parse(selection);
}
