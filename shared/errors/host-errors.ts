import { defineErrors } from './definition.ts';

/** Errors of the host and of the way to it. */
export const hostErrors = defineErrors({
  'host.contract-mismatch': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'This program speaks version {client} of the contract, the running host version {host}',
      zh: '本程序使用的接口版本为 {client}，正在运行的主机为 {host}',
    },
    remedy: {
      en: 'Restart the host with the same version of Holdfast as this program.',
      zh: '请用与本程序相同版本的 Holdfast 重新启动主机。',
    },
  },
  'host.unauthorized': {
    category: 'auth',
    retryable: false,
    message: { en: 'The host does not accept the token', zh: '主机不接受该令牌' },
    remedy: {
      en: 'Use the token file that the running host has written into its data directory.',
      zh: '请使用正在运行的主机写入其数据目录的令牌文件。',
    },
  },
  'host.token-unreadable': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'A host holds the data directory, but its token file {path} cannot be read: {problem}',
      zh: '主机正在使用该数据目录，但无法读取其令牌文件 {path}：{problem}',
    },
    remedy: {
      en: 'Run the command as the user who started the host.',
      zh: '请以启动主机的用户身份执行命令。',
    },
  },
  'host.forbidden': {
    category: 'auth',
    retryable: false,
    message: { en: 'The host refuses the request: {problem}', zh: '主机拒绝该请求：{problem}' },
    remedy: {
      en: 'Open the address exactly as the host printed it; other sites may not use it.',
      zh: '请使用主机显示的地址访问；其他网站不得使用该主机。',
    },
  },
  'host.no-own-password': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'Who signed in by the link of this machine has no password',
      zh: '通过本机链接登录者没有密码',
    },
    remedy: {
      en: 'Change the password of a user under Users, or with `holdfast user set`.',
      zh: '请在“用户”中或用 `holdfast user set` 修改某个用户的密码。',
    },
  },
  'host.no-such-page': {
    category: 'missing',
    retryable: false,
    message: { en: 'The host has no {method} {path}', zh: '主机没有 {method} {path}' },
    remedy: { en: 'Check the address.', zh: '请检查地址。' },
  },
  'host.too-large': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The request is larger than the {limit} bytes that the host accepts',
      zh: '请求超过主机允许的 {limit} 字节',
    },
    remedy: { en: 'Send less at once.', zh: '请减少单次发送的内容。' },
  },
  'host.wrong-credentials': {
    category: 'auth',
    retryable: false,
    message: { en: 'Nobody signs in with that', zh: '登录信息不正确' },
    remedy: {
      en: 'Check name and password, or open the link that the host printed when it started. `holdfast user set` gives a new password.',
      zh: '请检查用户名和密码，或打开主机启动时显示的链接。可用 `holdfast user set` 设置新密码。',
    },
  },
  'host.too-many-attempts': {
    category: 'auth',
    retryable: true,
    message: {
      en: 'Too many wrong attempts to sign in; the next one in {seconds} s',
      zh: '登录失败次数过多；请在 {seconds} 秒后重试',
    },
    remedy: { en: 'Wait, then try again.', zh: '请稍后重试。' },
  },
  'host.not-permitted': {
    category: 'auth',
    retryable: false,
    message: {
      en: '{user} is {role}; {procedure} is for {least} and above',
      zh: '{user} 的角色是 {role}；{procedure} 需要 {least} 或更高角色',
    },
    remedy: {
      en: 'Ask an administrator to do it, or for another role (`holdfast user set`).',
      zh: '请联系管理员执行，或申请其他角色（`holdfast user set`）。',
    },
  },
  'host.path-not-permitted': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'Files of the host are open to administrators only; {path} is not in a folder that is open to others',
      zh: '主机上的文件只对管理员开放；{path} 不在对其他角色开放的文件夹中',
    },
    remedy: {
      en: 'Ask an administrator, who may start the host with --open-folder for the folder.',
      zh: '请联系管理员；管理员可用 --open-folder 启动主机以开放该文件夹。',
    },
  },
  'host.tls-needed': {
    category: 'config',
    retryable: false,
    message: {
      en: '{address} can be reached by other machines, and the host is not ready for them: {problem}',
      zh: '其他机器可以访问 {address}，但主机尚未做好准备：{problem}',
    },
    remedy: {
      en: 'Give --tls-certificate, --tls-key and --public-name, and add an administrator with `holdfast user add`; or use 127.0.0.1 and an SSH tunnel.',
      zh: '请指定 --tls-certificate、--tls-key 和 --public-name，并用 `holdfast user add` 添加管理员；或使用 127.0.0.1 和 SSH 隧道。',
    },
  },
  'host.tls-unusable': {
    category: 'config',
    retryable: false,
    message: {
      en: 'The certificate {certificate} and the key {key} cannot be used: {problem}',
      zh: '证书 {certificate} 和密钥 {key} 无法使用：{problem}',
    },
    remedy: {
      en: 'Give a certificate and the key that belongs to it, both as PEM, readable for the host.',
      zh: '请提供 PEM 格式的证书及其密钥，并确保主机可以读取。',
    },
  },
  'host.address-in-use': {
    category: 'conflict',
    retryable: false,
    message: { en: 'Port {port} of {address} is in use', zh: '{address} 的端口 {port} 已被占用' },
    remedy: {
      en: 'Choose another port, or leave --port away for a free one.',
      zh: '请换一个端口，或不指定 --port 以使用空闲端口。',
    },
  },
  'host.connection-lost': {
    category: 'network',
    retryable: true,
    message: { en: 'The connection to the host was lost: {problem}', zh: '与主机的连接已断开：{problem}' },
    remedy: {
      en: 'See whether the host still runs; its runs go on without this program. `holdfast run list` shows them.',
      zh: '请确认主机是否仍在运行；其运行不受本程序影响，可用 `holdfast run list` 查看。',
    },
  },
});
