import type { KafkaFill } from '../../foreign/kafka.ts';
import { toolCall } from './calls.ts';

/** Who is followed to the end: an application that reads a topic as a member of a group. */
export const READER = {
  user: 'user-0',
  mechanism: 'SCRAM-SHA-256',
  group: 'billing',
  topic: 'audit_00007',
  /** Its rights to topics; with this seed no rule forbids anything about these. */
  prefix: 'audit_',
} as const;

/** What Java's AdminClient makes. */
export const FILL: KafkaFill = {
  seed: 44,
  topics: 300,
  partitions: 4,
  records: 10,
  groups: 40,
  acls: 120,
  users: 7,
  settings: false,
};

/** The password that the fill gave to a user. */
export function passwordOf(user: string): string {
  return `password of ${user}`;
}

/** What Kafka's own tools add. */
export const SETTINGS = [
  'configs --alter --entity-type brokers --entity-default --add-config log.retention.ms=259200000,message.max.bytes=2097152',
  'configs --alter --entity-type brokers --entity-name 1 --add-config log.cleaner.backoff.ms=20000',
  'configs --alter --entity-type client-metrics --entity-name producers --add-config interval.ms=30000,match=[client_id=app-.*],metrics=[org.apache.kafka.producer.]',
  `configs --alter --entity-type groups --entity-name ${READER.group} --add-config consumer.session.timeout.ms=50000`,
  'configs --alter --entity-type users --entity-default --add-config producer_byte_rate=104857600',
  'configs --alter --entity-type users --entity-name app-1 --add-config producer_byte_rate=1048576,consumer_byte_rate=2097152',
  'configs --alter --entity-type clients --entity-name reports --add-config request_percentage=12.5',
  'configs --alter --entity-type users --entity-name app-1 --entity-type clients --entity-name reports --add-config consumer_byte_rate=524288',
  'configs --alter --entity-type ips --entity-name 10.1.2.3 --add-config connection_creation_rate=20',
  `acls --add --allow-principal User:${READER.user} --operation Read --topic ${READER.prefix} --resource-pattern-type prefixed`,
  `acls --add --allow-principal User:${READER.user} --operation Read --group ${READER.group}`,
  `consumer-groups --reset-offsets --group ${READER.group} --topic ${READER.topic} --to-earliest --execute`,
].map(toolCall);
