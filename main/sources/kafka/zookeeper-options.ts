import { z } from 'zod';
import { field } from '../../../shared/options/field.ts';
import type { ConnectOptions } from '../../protocols/zookeeper/index.ts';

const place = { group: 'zookeeper', advanced: true } as const;
const withTls = { field: 'zookeeperTls', oneOf: [true] } as const;

/** How to reach the ZooKeeper of a Kafka. */
export const zookeeperFields = {
  zookeeper: field(z.string().min(1).optional(), {
    label: { en: 'ZooKeeper of this Kafka', zh: '该 Kafka 的 ZooKeeper' },
    help: {
      en: 'Connect string with its path, in ZooKeeper mode only: SCRAM verifiers, which Kafka tells nobody, are read and restored there.',
      zh: '连接串（含路径），仅用于 ZooKeeper 模式：Kafka 不对外提供的 SCRAM 校验值由此读取并恢复。',
    },
    ...place,
    example: 'zk1:2181,zk2:2181/kafka',
  }),
  zookeeperAuth: field(z.enum(['digest', 'sasl']).default('digest'), {
    label: { en: 'ZooKeeper sign-in', zh: 'ZooKeeper 认证方式' },
    help: {
      en: 'With a user. digest: as in digest ACLs. sasl: DIGEST-MD5 against the servers’ own list.',
      zh: '填写用户时有效。digest：与 digest ACL 对应。sasl：使用服务器账号列表的 DIGEST-MD5。',
    },
    ...place,
  }),
  zookeeperUser: field(z.string().min(1).optional(), {
    label: { en: 'ZooKeeper user', zh: 'ZooKeeper 用户' },
    ...place,
  }),
  zookeeperPassword: field(z.string().optional(), {
    label: { en: 'ZooKeeper password', zh: 'ZooKeeper 密码' },
    secret: true,
    ...place,
  }),
  zookeeperTls: field(z.boolean().default(false), {
    label: { en: 'TLS towards ZooKeeper', zh: 'ZooKeeper TLS 加密' },
    help: { en: 'The ports in its connect string are secure ports.', zh: '其连接串中的端口为安全端口。' },
    ...place,
  }),
  zookeeperVerify: field(z.boolean().default(true), {
    label: { en: 'Verify ZooKeeper’s certificate', zh: '校验 ZooKeeper 证书' },
    help: {
      en: 'Off: whoever answers is believed. Only for a try.',
      zh: '关闭后将信任任何应答方，仅用于试验。',
    },
    ...place,
    visibleWhen: withTls,
  }),
  zookeeperCa: field(z.string().optional(), {
    label: { en: 'Authorities trusted for ZooKeeper (PEM)', zh: 'ZooKeeper 受信任的 CA（PEM）' },
    help: { en: 'Instead of those of the system.', zh: '替代系统内置的 CA。' },
    ...place,
    widget: 'file-content',
    visibleWhen: withTls,
  }),
  zookeeperCert: field(z.string().optional(), {
    label: { en: 'Client certificate for ZooKeeper (PEM)', zh: 'ZooKeeper 客户端证书（PEM）' },
    ...place,
    widget: 'file-content',
    visibleWhen: withTls,
  }),
  zookeeperKey: field(z.string().optional(), {
    label: { en: 'Client key for ZooKeeper (PEM)', zh: 'ZooKeeper 客户端私钥（PEM）' },
    ...place,
    widget: 'file-content',
    secret: true,
    visibleWhen: withTls,
  }),
};

type ZooKeeperFields = z.infer<z.ZodObject<typeof zookeeperFields>>;

/** How the client is to connect; undefined when no ZooKeeper is configured. */
export function zookeeperConnectOptions(options: ZooKeeperFields): ConnectOptions | undefined {
  const { zookeeper, zookeeperTls } = options;
  if (zookeeper === undefined) return undefined;
  return {
    connectString: zookeeper,
    ...credentials(options),
    ...(zookeeperTls ? { tls: tlsOptions(options) } : {}),
  };
}

function credentials({
  zookeeperAuth,
  zookeeperUser: username,
  zookeeperPassword: password = '',
}: ZooKeeperFields): Pick<ConnectOptions, 'auth' | 'sasl'> {
  if (username === undefined) return {};
  return zookeeperAuth === 'sasl'
    ? { sasl: { username, password } }
    : { auth: [{ scheme: 'digest', auth: `${username}:${password}` }] };
}

function tlsOptions({
  zookeeperVerify: verify,
  zookeeperCa: ca,
  zookeeperCert: cert,
  zookeeperKey: key,
}: ZooKeeperFields): NonNullable<ConnectOptions['tls']> {
  return {
    verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
