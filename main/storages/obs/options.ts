import { z } from 'zod';
import { field } from '../../../shared/options/field.ts';
import { pathProblem } from '../path-rules.ts';

/** Where a bucket is and how to speak to it. */
export const obsOptions = z.object({
  endpoint: field(
    z.string().refine(isOrigin, 'http:// or https://, a host and perhaps a port are needed').optional(),
    {
      label: { en: 'Endpoint', zh: '端点' },
      help: {
        en: 'Any service that speaks S3. Empty: AWS, in the region below.',
        zh: '任何兼容 S3 的服务。留空则为下述区域的 AWS。',
      },
      example: 'https://obs.cn-north-4.example.com',
    },
  ),
  region: field(z.string().min(1).default('us-east-1'), {
    label: { en: 'Region', zh: '区域' },
  }),
  bucket: field(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/, 'this is no name of a bucket'), {
    label: { en: 'Bucket', zh: '桶' },
    help: { en: 'It must exist.', zh: '必须已存在。' },
    example: 'holdfast-backups',
  }),
  prefix: field(
    z
      .string()
      .refine(
        (text) => pathProblem(text) === undefined,
        'a path without a slash at its beginning or end is needed',
      )
      .optional(),
    {
      label: { en: 'Path in the bucket', zh: '桶内路径' },
      help: { en: 'Holdfast sees only what is below it.', zh: 'Holdfast 仅使用该路径下的内容。' },
      example: 'backups/holdfast',
    },
  ),
  accessKey: field(z.string().min(1), {
    label: { en: 'Access key', zh: '访问密钥（AK）' },
  }),
  secretKey: field(z.string().min(1), {
    label: { en: 'Secret key', zh: '私有密钥（SK）' },
    secret: true,
  }),
  sessionToken: field(z.string().min(1).optional(), {
    label: { en: 'Session token', zh: '会话令牌' },
    help: { en: 'Of temporary credentials.', zh: '用于临时凭证。' },
    secret: true,
    advanced: true,
  }),
  addressing: field(z.enum(['auto', 'path', 'virtual']).default('auto'), {
    label: { en: 'Where the bucket stands', zh: '桶的寻址方式' },
    help: {
      en: 'virtual: in the host name. path: in the path. auto: in the host name where the endpoint has a domain name, in the path for an address or localhost.',
      zh: 'virtual：位于主机名中。path：位于路径中。auto：端点为域名时位于主机名，为 IP 地址或 localhost 时位于路径。',
    },
    advanced: true,
  }),
  ca: field(z.string().optional(), {
    label: { en: 'Trusted authorities (PEM)', zh: '受信任的 CA（PEM）' },
    help: { en: 'Instead of those of the system.', zh: '替代系统内置的 CA。' },
    group: 'tls',
    widget: 'file-content',
  }),
  conditionalPut: field(z.boolean().default(true), {
    label: { en: 'Conditional put', zh: '条件写入' },
    help: {
      en: 'The service refuses to replace an object under If-None-Match, which is tried before it is relied upon. Turn off only for a service that cannot, and only while no second Holdfast writes there: two at the same moment may then both believe that they created an object.',
      zh: '服务支持 If-None-Match（拒绝覆盖已有对象），使用前会进行验证。仅当服务不支持、且没有第二个 Holdfast 写入同一位置时才可关闭：否则两者可能同时认为自己创建了同一对象。',
    },
    advanced: true,
  }),
  partSize: field(z.int().min(5).max(512).default(8), {
    label: { en: 'Size of a part, MiB', zh: '分段大小（MiB）' },
    help: {
      en: 'Larger objects are sent in parts of this size, at most 10,000 of them. In memory is one more part than are sent at once.',
      zh: '更大的对象按此大小分段上传，最多 10,000 段。内存中保留的分段数比同时上传数多一个。',
    },
    group: 'limits',
    advanced: true,
  }),
  parallelParts: field(z.int().min(1).max(16).default(4), {
    label: { en: 'Parts sent at once', zh: '同时上传的分段数' },
    group: 'limits',
    advanced: true,
  }),
  connectTimeout: field(z.int().min(1).max(600).default(10), {
    label: { en: 'Time to connect, s', zh: '连接超时（秒）' },
    group: 'limits',
    advanced: true,
  }),
  silenceTimeout: field(z.int().min(1).max(3600).default(60), {
    label: { en: 'Longest silence, s', zh: '最长无响应时间（秒）' },
    help: {
      en: 'A connection on which nothing moves for that long is given up.',
      zh: '连接在此时间内没有任何数据传输则放弃。',
    },
    group: 'limits',
    advanced: true,
  }),
});

export type ObsOptions = z.infer<typeof obsOptions>;

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.href === `${url.origin}/` && url.username === '' && url.password === '';
}
