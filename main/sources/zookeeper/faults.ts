import { HoldfastError } from '../../../shared/errors/error.ts';
import { isZooKeeperError, type ZooKeeperErrorCode } from '../../protocols/zookeeper/index.ts';
import { tunnelFault } from '../tunnel-faults.ts';

export const SERVICE = 'ZooKeeper';

/** Codes after which the same read can simply be asked again. */
const PASSING: ReadonlySet<ZooKeeperErrorCode> = new Set<ZooKeeperErrorCode>([
  'ConnectionLoss',
  'SessionExpired',
  'SessionMoved',
  'OperationTimeout',
  'RequestTimeout',
  'ThrottledOp',
]);

/** True where the connection or the session is to blame, not the request. */
export function isPassing(error: unknown): boolean {
  return isZooKeeperError(error) && PASSING.has(error.code);
}

/** Translates what the client throws into the error table; anything else is passed through. */
export function asSourceError(error: unknown): unknown {
  const tunnel = tunnelFault(error);
  if (tunnel !== undefined) return tunnel;
  if (!isZooKeeperError(error)) return error;
  switch (error.code) {
    case 'NoAuth':
      return new HoldfastError('source.denied', { service: SERVICE, object: error.path ?? '' }, error);
    case 'AuthFailed':
    case 'SessionClosedRequireSasl':
    case 'TlsFailed':
      return new HoldfastError('source.sign-in-failed', { service: SERVICE, problem: error.message }, error);
    case 'Unimplemented':
      return new HoldfastError('source.unsupported', { service: SERVICE, problem: error.message }, error);
    case 'BadArguments':
      return new HoldfastError('general.invalid-input', { what: SERVICE, problem: error.message }, error);
    default: {
      const code = isPassing(error) ? 'source.unreachable' : 'source.failed';
      return new HoldfastError(code, { service: SERVICE, problem: error.message }, error);
    }
  }
}
