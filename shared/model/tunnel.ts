import { z } from 'zod';
import { describeFields, type FieldDescription } from '../options/describe.ts';
import { field } from '../options/field.ts';

/** A host key as `ssh-keygen -l` prints it; several are separated by commas. */
const FINGERPRINTS = /^\s*SHA256:[A-Za-z0-9+/]{43}(\s*,\s*SHA256:[A-Za-z0-9+/]{43})*\s*$/;

const withPassword = { field: 'auth', oneOf: ['password'] } as const;
const withKey = { field: 'auth', oneOf: ['key'] } as const;

/** How a cluster is reached through an SSH host: fields as those of a driver's options. */
export const tunnelOptions = z.object({
  host: field(z.string().trim().min(1), {
    label: { en: 'SSH host', zh: 'SSH 主机' },
    help: {
      en: 'Every service of the cluster is reached through it; their names and addresses are looked up there.',
      zh: '集群的所有服务均经由此主机访问；服务的名称与地址由该主机解析。',
    },
    example: 'bastion.example.com',
  }),
  port: field(z.int().min(1).max(65_535).default(22), {
    label: { en: 'SSH port', zh: 'SSH 端口' },
  }),
  user: field(z.string().trim().min(1), {
    label: { en: 'SSH user', zh: 'SSH 用户' },
  }),
  auth: field(z.enum(['key', 'password', 'agent']).default('key'), {
    label: { en: 'SSH sign-in', zh: 'SSH 认证方式' },
    help: {
      en: 'agent: the SSH agent of the user that Holdfast runs as.',
      zh: 'agent：运行 Holdfast 的用户的 SSH 代理。',
    },
  }),
  password: field(z.string().min(1).optional(), {
    label: { en: 'SSH password', zh: 'SSH 密码' },
    secret: true,
    visibleWhen: withPassword,
  }),
  privateKey: field(z.string().min(1).optional(), {
    label: { en: 'Private key', zh: '私钥' },
    help: {
      en: 'The text of the key file: OpenSSH, PEM or PuTTY. It is kept in the vault.',
      zh: '密钥文件的文本：OpenSSH、PEM 或 PuTTY 格式。保存在保险库中。',
    },
    widget: 'file-content',
    secret: true,
    visibleWhen: withKey,
  }),
  passphrase: field(z.string().min(1).optional(), {
    label: { en: 'Passphrase of the private key', zh: '私钥口令' },
    help: { en: 'Only where the key has one.', zh: '仅在密钥有口令时填写。' },
    secret: true,
    visibleWhen: withKey,
  }),
  hostKey: field(
    z.string().regex(FINGERPRINTS, 'a fingerprint is needed as ssh-keygen -l prints it: SHA256:…').optional(),
    {
      label: { en: 'Host key', zh: '主机密钥' },
      help: {
        en: 'Fingerprint of the key that the SSH host must show; several are separated by commas. Without it nothing connects.',
        zh: 'SSH 主机必须出示的密钥指纹；多个以逗号分隔。未填写时不会建立连接。',
      },
      example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU',
    },
  ),
  keepAlive: field(z.int().min(0).max(3600).default(30), {
    label: { en: 'Keep-alive, s', zh: '保活间隔（秒）' },
    help: {
      en: 'After that long without a word the SSH host is asked for a sign of life; three in vain and the tunnel is opened anew. 0: never.',
      zh: '静默达到该时间后向 SSH 主机请求应答；连续三次无应答则重新建立隧道。0 表示从不。',
    },
    advanced: true,
  }),
  connectTimeout: field(z.int().min(1).max(600).default(15), {
    label: { en: 'Time to connect to the SSH host, s', zh: '连接 SSH 主机的超时（秒）' },
    advanced: true,
  }),
});
export type TunnelOptions = z.infer<typeof tunnelOptions>;

/** The same as faces show them; their flags belong to a cluster's command: `--tunnel-host`. */
export const TUNNEL_FIELDS: readonly FieldDescription[] = describeFields(tunnelOptions).map((described) => ({
  ...described,
  flag: `tunnel-${described.flag}`,
}));

/** What the SSH host shows of itself before anybody signs in. */
export const shownHostKey = z.object({
  /** As SSH calls it: `ssh-ed25519`. */
  type: z.string(),
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: z.string(),
});
export type ShownHostKey = z.infer<typeof shownHostKey>;

/** `user@host`, with the port where it is not the usual one: how people call a tunnel. */
export function tunnelText({ user, host, port }: { readonly [field: string]: unknown }): string {
  const end = port === undefined || port === '' || Number(port) === 22 ? '' : `:${port}`;
  return `${user === undefined ? '' : `${user}@`}${host}${end}`;
}
