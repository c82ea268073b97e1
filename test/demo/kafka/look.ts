import { describeKafka, type KafkaState, type KafkaTarget } from '../../foreign/kafka.ts';
import { type KafkaTool, kafkaTools } from '../../foreign/kafka-tools.ts';
import { toolCall } from './calls.ts';

/** A Kafka as it was at some moment. */
export interface Look {
  /** What Java's AdminClient tells. */
  readonly state: KafkaState;
  /** What Kafka's own tools print. */
  readonly printed: readonly { readonly tool: KafkaTool; readonly text: string }[];
}

const QUESTIONS = [
  'topics --describe',
  'configs --describe --entity-type brokers',
  'configs --describe --entity-type client-metrics',
  'configs --describe --entity-type groups',
  'configs --describe --entity-type users',
  'configs --describe --entity-type clients',
  'configs --describe --entity-type users --entity-type clients',
  'configs --describe --entity-type ips',
  'consumer-groups --describe --all-groups',
  'acls --list',
].map(toolCall);

/** Looks at the whole cluster by Kafka's own tools and by Java's AdminClient, side by side. */
export async function lookAt(target: KafkaTarget, signal: AbortSignal): Promise<Look> {
  // When one fails, the other would go on asking for a long time.
  const failed = new AbortController();
  const access = { signal: AbortSignal.any([signal, failed.signal]) };
  try {
    const [state, texts] = await Promise.all([
      describeKafka(target, access),
      kafkaTools(target, QUESTIONS, access),
    ]);
    return { state, printed: QUESTIONS.map(({ tool }, index) => ({ tool, text: texts[index] ?? '' })) };
  } catch (error) {
    failed.abort();
    throw error;
  }
}
