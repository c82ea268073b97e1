import { defineErrors } from './definition.ts';

export const sourceErrors = defineErrors({
  'source.unreachable': {
    category: 'network',
    retryable: true,
    message: { en: '{service} does not answer: {problem}', zh: '{service} 没有响应：{problem}' },
    remedy: {
      en: 'Check that it is running, the addresses are right and this machine can reach them.',
      zh: '请确认服务正在运行、地址正确且本机可以访问。',
    },
  },
  'source.sign-in-failed': {
    category: 'auth',
    retryable: false,
    message: { en: '{service} refuses the sign-in: {problem}', zh: '{service} 拒绝登录：{problem}' },
    remedy: {
      en: 'Check user, password or certificate in the cluster’s settings.',
      zh: '请检查集群设置中的用户、密码或证书。',
    },
  },
  'source.denied': {
    category: 'auth',
    retryable: false,
    message: { en: '{service} refuses access to {object}', zh: '{service} 拒绝访问 {object}' },
    remedy: {
      en: 'Give the account the rights that the driver’s page names.',
      zh: '请按驱动说明页为账号授权。',
    },
  },
  'source.unsupported': {
    category: 'unsupported',
    retryable: false,
    message: { en: '{service} cannot do this: {problem}', zh: '{service} 不支持此操作：{problem}' },
    remedy: {
      en: 'See the driver’s page for the versions it supports.',
      zh: '请查看驱动说明页中支持的版本。',
    },
  },
  'source.failed': {
    category: 'internal',
    retryable: true,
    message: { en: '{service} failed: {problem}', zh: '{service} 出错：{problem}' },
    remedy: { en: 'See the cause and the service’s own log; try again.', zh: '请查看原因及服务日志后重试。' },
  },
});
