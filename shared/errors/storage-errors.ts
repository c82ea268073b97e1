import { defineErrors } from './definition.ts';

export const storageErrors = defineErrors({
  'storage.missing': {
    category: 'missing',
    retryable: false,
    message: { en: '{path} is not in the storage', zh: '存储中没有 {path}' },
    remedy: {
      en: 'Check the path, or rescan the storage to see what it holds.',
      zh: '请检查路径，或重新扫描存储查看其内容。',
    },
  },
  'storage.exists': {
    category: 'conflict',
    retryable: false,
    message: { en: '{path} is already in the storage', zh: '存储中已有 {path}' },
    remedy: { en: 'Choose another name.', zh: '请换一个名称。' },
  },
  'storage.denied': {
    category: 'auth',
    retryable: false,
    message: { en: 'The storage refuses access to {path}: {problem}', zh: '存储拒绝访问 {path}：{problem}' },
    remedy: {
      en: 'Give the account that Holdfast uses the right to read, write, list and delete there.',
      zh: '请为 Holdfast 使用的账号授予该处的读、写、列举和删除权限。',
    },
  },
  'storage.full': {
    category: 'capacity',
    retryable: false,
    message: { en: 'The storage is full: {path} could not be written', zh: '存储空间已满：无法写入 {path}' },
    remedy: {
      en: 'Free space, lower the number of copies kept, or choose another storage.',
      zh: '请释放空间、减少保留份数或改用其他存储。',
    },
  },
  'storage.unreachable': {
    category: 'network',
    retryable: true,
    message: { en: 'The storage does not answer: {problem}', zh: '存储没有响应：{problem}' },
    remedy: {
      en: 'Check that it is running and that this machine can reach it.',
      zh: '请确认存储正在运行且本机可以访问。',
    },
  },
  'storage.truncated': {
    category: 'integrity',
    retryable: false,
    message: {
      en: '{path} is shorter than expected: {expected} bytes asked for, {actual} came',
      zh: '{path} 比预期短：请求 {expected} 字节，只得到 {actual} 字节',
    },
    remedy: {
      en: 'The object is damaged or was cut off. Verify the archive and use another copy.',
      zh: '该对象已损坏或被截断。请校验归档并使用其他副本。',
    },
  },
  'storage.failed': {
    category: 'internal',
    retryable: true,
    message: { en: 'The storage failed at {path}: {problem}', zh: '存储在 {path} 处失败：{problem}' },
    remedy: { en: 'See the cause; try again.', zh: '请查看原因后重试。' },
  },
  'storage.bad-path': {
    category: 'input',
    retryable: false,
    message: { en: '"{path}" cannot be used as a path: {problem}', zh: '“{path}”不能用作路径：{problem}' },
    remedy: { en: 'Choose another name or directory.', zh: '请换一个名称或目录。' },
  },
  'storage.too-large': {
    category: 'capacity',
    retryable: false,
    message: {
      en: 'The storage cannot hold an object as large as {path}',
      zh: '存储无法容纳 {path} 这样大的对象',
    },
    remedy: {
      en: 'Lift the file size limit of the account or the file system, or choose another storage.',
      zh: '请放宽账号或文件系统的文件大小限制，或改用其他存储。',
    },
  },
  'storage.no-directory': {
    category: 'config',
    retryable: false,
    message: { en: 'The directory {path} is not there', zh: '目录 {path} 不存在' },
    remedy: {
      en: 'Mount or create it, or let Holdfast create it by the option "create".',
      zh: '请挂载或创建该目录，或启用 create 选项由 Holdfast 创建。',
    },
  },
  'storage.no-bucket': {
    category: 'config',
    retryable: false,
    message: { en: 'There is no bucket {bucket} at {endpoint}', zh: '{endpoint} 上没有桶 {bucket}' },
    remedy: {
      en: 'Create the bucket, or correct its name, the endpoint or the region.',
      zh: '请创建该桶，或更正桶名、端点或区域。',
    },
  },
  'storage.sign-in-failed': {
    category: 'auth',
    retryable: false,
    message: { en: 'The storage refuses the sign-in: {problem}', zh: '存储拒绝登录：{problem}' },
    remedy: {
      en: 'Check the access key, the secret key and, where there is one, the session token, which may have expired.',
      zh: '请检查访问密钥、私有密钥以及会话令牌（如有，可能已过期）。',
    },
  },
  'storage.wrong-region': {
    category: 'config',
    retryable: false,
    message: {
      en: 'The bucket {bucket} is in another region or at another endpoint: {problem}',
      zh: '桶 {bucket} 位于其他区域或端点：{problem}',
    },
    remedy: {
      en: 'Set region and endpoint to those of the bucket.',
      zh: '请将区域和端点设置为该桶所在的值。',
    },
  },
  'storage.clock-skew': {
    category: 'config',
    retryable: false,
    message: {
      en: 'The storage refuses what this machine signs, because their clocks differ: {problem}',
      zh: '存储与本机时钟不一致，拒绝本机签名的请求：{problem}',
    },
    remedy: {
      en: 'Set the clock of this machine, or let both follow the same NTP source.',
      zh: '请校准本机时钟，或让双方使用同一 NTP 时间源。',
    },
  },
  'storage.untrusted': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'No trusted TLS connection to the storage: {problem}',
      zh: '无法与存储建立可信的 TLS 连接：{problem}',
    },
    remedy: {
      en: 'Give the authority that signed its certificate, check that the certificate is valid and made out to the endpoint’s host, and that the endpoint begins with https:// only where it speaks TLS.',
      zh: '请提供签发其证书的 CA，确认证书有效且与端点主机名一致，并确认仅在启用 TLS 的端点使用 https://。',
    },
  },
  'storage.breaks-contract': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'The storage does not keep what archives need: {problem}',
      zh: '存储不满足归档的要求：{problem}',
    },
    remedy: {
      en: 'Do not keep archives there. Check its settings and what stands between it and Holdfast, or choose another storage.',
      zh: '请勿在此存放归档。请检查其设置及中间环节，或改用其他存储。',
    },
  },
});
