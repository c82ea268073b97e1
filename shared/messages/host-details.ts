import { defineMessages } from './definition.ts';

/** What exactly a host or a tunnel does not take. */
export const hostDetails = defineMessages({
  'password-needed': { en: 'a password is needed', zh: '需要密码' },
  'private-key-needed': { en: 'a private key is needed', zh: '需要私钥' },
  'not-json-type': {
    en: 'its Content-Type is not application/json',
    zh: '其 Content-Type 不是 application/json',
  },
  'lacks-members': { en: 'it does not have the members that are asked for', zh: '缺少所需的成员' },
  'host-header': { en: 'its Host header is not the address of this host', zh: '其 Host 头不是本主机的地址' },
  'another-origin': { en: 'it comes from another origin', zh: '来自其他源' },
  'another-site': { en: 'it comes from another site', zh: '来自其他站点' },
  'cookie-alone': {
    en: 'a cookie alone, without an Origin, changes nothing',
    zh: '仅有 cookie 而没有 Origin 时不能作更改',
  },
});
