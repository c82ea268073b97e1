import { HoldfastError } from '../../../shared/errors/error.ts';
import { isKafkaError, type KafkaError } from '../../protocols/kafka/index.ts';
import { isZooKeeperError, type ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import { tunnelFault } from '../tunnel-faults.ts';

export const SERVICE = 'Kafka';
export const ZOOKEEPER = 'Kafka’s ZooKeeper';
const DENIED = '_AUTHORIZATION_FAILED';

/** Why something of a cluster could not be read: by Kafka, or by its ZooKeeper. */
export type ReadError = KafkaError | VerifierError;

/** What the way through ZooKeeper ends with. */
export type VerifierError = ZooKeeperError | HoldfastError;

export function isVerifierError(error: unknown): error is VerifierError {
  return isZooKeeperError(error) || error instanceof HoldfastError;
}

/** True for an answer that the account may not do or see this. */
export function isDenied(error: unknown): boolean {
  return (isKafkaError(error) && error.code.endsWith(DENIED)) || isZooKeeperError(error, 'NoAuth');
}

/** True where the cluster does not have this kind of object, or no way to ask for it. */
export function isUnknownKind(error: unknown): error is KafkaError {
  return isKafkaError(error, 'Unsupported', 'UNSUPPORTED_VERSION', 'SECURITY_DISABLED');
}

/** Translates what the clients throw into the error table; anything else is passed through. */
export function asSourceError(error: unknown): unknown {
  const tunnel = tunnelFault(error);
  if (tunnel !== undefined) return tunnel;
  if (isZooKeeperError(error)) return fromZooKeeper(error);
  if (!isKafkaError(error)) return error;
  if (error.code.endsWith(DENIED)) {
    return new HoldfastError('source.denied', { service: SERVICE, object: objectOf(error) }, error);
  }
  const params = { service: SERVICE, problem: error.message };
  switch (error.code) {
    case 'SignInFailed':
    case 'TlsFailed':
      return new HoldfastError('source.sign-in-failed', params, error);
    case 'Unreachable':
    case 'TimedOut':
    case 'BROKER_NOT_AVAILABLE':
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'LEADER_NOT_AVAILABLE':
      return new HoldfastError('source.unreachable', params, error);
    case 'Unsupported':
    case 'UNSUPPORTED_VERSION':
    case 'SECURITY_DISABLED':
      return new HoldfastError('source.unsupported', params, error);
    default:
      return new HoldfastError('source.failed', params, error);
  }
}

function objectOf({ subject, code }: KafkaError): string {
  return subject === '' ? code : `${subject} (${code})`;
}

function fromZooKeeper(error: ZooKeeperError): HoldfastError {
  const params = { service: ZOOKEEPER, problem: error.message };
  switch (error.code) {
    case 'NoAuth':
      return new HoldfastError('source.denied', { service: ZOOKEEPER, object: error.path ?? '' }, error);
    case 'AuthFailed':
    case 'SessionClosedRequireSasl':
    case 'TlsFailed':
      return new HoldfastError('source.sign-in-failed', params, error);
    case 'BadArguments':
      return new HoldfastError('general.invalid-input', { what: ZOOKEEPER, problem: error.message }, error);
    case 'ConnectionLoss':
      return new HoldfastError('source.unreachable', params, error);
    default:
      return new HoldfastError('source.failed', params, error);
  }
}
