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
  'host.not-loopback': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'The host serves only this machine; {address} is not a loopback address',
      zh: '主机只服务于本机；{address} 不是回环地址',
    },
    remedy: {
      en: 'Use 127.0.0.1 or ::1. Reach it from elsewhere through an SSH tunnel.',
      zh: '请使用 127.0.0.1 或 ::1；需要远程访问时请使用 SSH 隧道。',
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
