import { z } from 'zod';
import { field } from '../../../shared/options/field.ts';
import { tlsFields } from '../tls-fields.ts';

const withAccount = { field: 'auth', oneOf: ['digest', 'sasl'] } as const;

/** How to reach a ZooKeeper. */
export const zookeeperOptions = z.object({
  connectString: field(z.string().min(1), {
    label: { en: 'Connect string', zh: '连接串' },
    help: {
      en: 'All servers, separated by commas; a path at the end makes it the root of everything seen.',
      zh: '以逗号分隔的所有服务器；末尾的路径将作为可见的根节点。',
    },
    example: 'zk1:2181,zk2:2181,zk3:2181/kafka',
  }),
  auth: field(z.enum(['none', 'digest', 'sasl']).default('none'), {
    label: { en: 'Sign-in', zh: '认证方式' },
    help: {
      en: 'digest: any user and password, as in digest ACLs. sasl: DIGEST-MD5 against the servers’ own list.',
      zh: 'digest：任意用户和密码，与 digest ACL 对应。sasl：使用服务器账号列表的 DIGEST-MD5。',
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
    help: { en: 'The ports in the connect string are secure ports.', zh: '连接串中的端口为安全端口。' },
    group: 'tls',
  }),
  ...tlsFields,
  sessionTimeout: field(z.int().min(2).max(600).default(30), {
    label: { en: 'Session timeout, s', zh: '会话超时（秒）' },
    help: { en: 'Asked of the servers, which may shorten it.', zh: '向服务器请求的值，服务器可能缩短。' },
    group: 'limits',
    advanced: true,
  }),
  connectTimeout: field(z.int().min(1).max(600).default(10), {
    label: { en: 'Time to connect to one server, s', zh: '单台服务器连接超时（秒）' },
    group: 'limits',
    advanced: true,
  }),
  patience: field(z.int().min(1).max(86_400).default(60), {
    label: { en: 'Time to wait for a lost cluster, s', zh: '集群失联等待时间（秒）' },
    help: {
      en: 'A run goes on when the servers come back within this time, else it fails.',
      zh: '服务器在此时间内恢复则继续运行，否则失败。',
    },
    group: 'limits',
    advanced: true,
  }),
  rounds: field(z.int().min(1).max(100).default(8), {
    label: { en: 'Rounds of re-reading', zh: '重读轮数' },
    help: {
      en: 'How often a capture reads again what changed meanwhile before it says that the content is not of one moment.',
      zh: '捕获期间发生变化的内容最多重读的轮数，超过后将注明内容并非同一时刻。',
    },
    group: 'limits',
    advanced: true,
  }),
  counterLimit: field(z.int().min(0).max(2_147_483_647).default(1_000_000), {
    label: { en: 'Largest raise of a sequence counter', zh: '顺序计数器的最大提升量' },
    help: {
      en: 'A restore raises a counter by creating and deleting that many nodes; above this it leaves it and says so.',
      zh: '恢复时通过创建并删除节点来提升计数器；超过此值将不提升并给出说明。',
    },
    group: 'limits',
    advanced: true,
  }),
});

export type ZooKeeperOptions = z.infer<typeof zookeeperOptions>;
