import { z } from 'zod';
import { field } from '../../../shared/options/field.ts';
import { tlsFields } from '../tls-fields.ts';
import { zookeeperFields } from './zookeeper-options.ts';

const withAccount = { field: 'auth', oneOf: ['plain', 'scram-sha-256', 'scram-sha-512'] } as const;

/** How to reach a Kafka. */
export const kafkaOptions = z.object({
  bootstrapServers: field(z.string().min(1), {
    label: { en: 'Bootstrap servers', zh: '引导服务器' },
    help: {
      en: 'Some brokers, separated by commas; the others are found through them.',
      zh: '以逗号分隔的若干 broker；其余 broker 由其发现。',
    },
    example: 'kafka1:9092,kafka2:9092',
  }),
  auth: field(z.enum(['none', 'plain', 'scram-sha-256', 'scram-sha-512']).default('none'), {
    label: { en: 'Sign-in (SASL)', zh: '认证方式（SASL）' },
    help: {
      en: 'With TLS and none, the client certificate below is the account.',
      zh: '启用 TLS 且选择 none 时，以下方客户端证书作为身份。',
    },
  }),
  user: field(z.string().min(1).optional(), {
    label: { en: 'User', zh: '用户' },
    visibleWhen: withAccount,
  }),
  password: field(z.string().optional(), {
    label: { en: 'Password', zh: '密码' },
    secret: true,
    visibleWhen: withAccount,
  }),
  tls: field(z.boolean().default(false), {
    label: { en: 'TLS', zh: 'TLS 加密' },
    help: {
      en: 'The bootstrap servers’ ports are those of an SSL or SASL_SSL listener.',
      zh: '引导服务器端口属于 SSL 或 SASL_SSL 监听器。',
    },
    group: 'tls',
  }),
  ...tlsFields,
  ...zookeeperFields,
  trial: field(z.boolean().default(true), {
    label: { en: 'Try the brokers after a restore', zh: '恢复后试验 broker' },
    help: {
      en: 'In a topic holdfast-try-…, made for that and deleted again, every broker has to take a record and give it back.',
      zh: '创建主题 holdfast-try-…，由每个 broker 写入并读回一条消息，随后删除该主题。',
    },
    group: 'limits',
    advanced: true,
  }),
  connectTimeout: field(z.int().min(1).max(600).default(10), {
    label: { en: 'Time to connect to one broker, s', zh: '单个 broker 连接超时（秒）' },
    group: 'limits',
    advanced: true,
  }),
  requestTimeout: field(z.int().min(1).max(600).default(30), {
    label: { en: 'Time for one answer, s', zh: '单个请求超时（秒）' },
    group: 'limits',
    advanced: true,
  }),
  patience: field(z.int().min(1).max(86_400).default(60), {
    label: { en: 'Time to wait for a lost broker, s', zh: 'broker 失联等待时间（秒）' },
    help: {
      en: 'A run goes on when brokers, coordinators and the controller come back within this time, else it fails.',
      zh: 'broker、协调者与控制器在此时间内恢复则继续运行，否则失败。',
    },
    group: 'limits',
    advanced: true,
  }),
});

export type KafkaOptions = z.infer<typeof kafkaOptions>;
