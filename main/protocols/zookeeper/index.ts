export { type VersionOptions, ZooKeeperClient } from './client.ts';
export { connect } from './connect.ts';
export {
  type ConnectTarget,
  formatServer,
  parseConnectString,
  type ServerAddress,
} from './connect-string.ts';
export { isZooKeeperError, ZooKeeperError, type ZooKeeperErrorCode } from './errors.ts';
export { MultiError } from './multi.ts';
export { type Acl, creatorAllAcl, openAcl, Perms, type Stat } from './records.ts';
export type * from './types.ts';
