export { connect } from './connect.ts';
export { isKafkaError, KafkaError, type KafkaErrorCode } from './errors.ts';
export type * from './types.ts';
