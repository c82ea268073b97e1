export { showHostKey } from './connect.ts';
export { SshError } from './errors.ts';
export { SshTunnel } from './tunnel.ts';
export type { SshOptions, SshSignIn } from './types.ts';
