import { z } from 'zod';
import { field } from '../../shared/options/field.ts';

const withTls = { field: 'tls', oneOf: [true] } as const;

/** Whom a service is believed to be, and as whom we come: options beside a switch that is named `tls`. */
export const tlsFields = {
  verify: field(z.boolean().default(true), {
    label: { en: 'Verify the servers', zh: '校验服务器证书' },
    help: {
      en: 'Off: whoever answers is believed. Only for a try.',
      zh: '关闭后将信任任何应答方，仅用于试验。',
    },
    group: 'tls',
    visibleWhen: withTls,
  }),
  ca: field(z.string().optional(), {
    label: { en: 'Trusted authorities (PEM)', zh: '受信任的 CA（PEM）' },
    help: { en: 'Instead of those of the system.', zh: '替代系统内置的 CA。' },
    group: 'tls',
    widget: 'file-content',
    visibleWhen: withTls,
  }),
  cert: field(z.string().optional(), {
    label: { en: 'Client certificate (PEM)', zh: '客户端证书（PEM）' },
    group: 'tls',
    widget: 'file-content',
    visibleWhen: withTls,
  }),
  key: field(z.string().optional(), {
    label: { en: 'Client key (PEM)', zh: '客户端私钥（PEM）' },
    group: 'tls',
    widget: 'file-content',
    secret: true,
    visibleWhen: withTls,
  }),
  serverName: field(z.string().optional(), {
    label: { en: 'Name in the certificates', zh: '证书中的名称' },
    help: { en: 'Where it differs from the hosts.', zh: '与主机名不同时填写。' },
    group: 'tls',
    advanced: true,
    visibleWhen: withTls,
  }),
};
