import { HoldfastError } from '../../shared/errors/error.ts';
import { SshError } from '../protocols/ssh/index.ts';

const DEEPEST = 16;

/**
 * The tunnel's own trouble behind an error of a service's client, as the error table has it; undefined where no
 * tunnel is to blame. A service that the SSH host cannot reach either is the service's trouble.
 */
export function tunnelFault(thrown: unknown, depth = 0): HoldfastError | undefined {
  if (thrown instanceof SshError) return asTunnelError(thrown);
  if (!(thrown instanceof Error) || depth > DEEPEST) return undefined;
  return tunnelFault(thrown.cause, depth + 1);
}

function asTunnelError(error: SshError): HoldfastError | undefined {
  const { host, user, problem, target = '', shown = '', known = [] } = error.detail;
  switch (error.code) {
    case 'Unreachable':
      return new HoldfastError('tunnel.unreachable', { host, problem }, error);
    case 'HostKeyUnknown':
      return new HoldfastError('tunnel.host-key-unknown', { host, shown }, error);
    case 'HostKeyChanged':
      return new HoldfastError('tunnel.host-key-changed', { host, shown, known: known.join(', ') }, error);
    case 'SignInRefused':
      return new HoldfastError('tunnel.sign-in-refused', { host, user, problem }, error);
    case 'BadKey':
      return new HoldfastError('tunnel.bad-key', { host, problem }, error);
    case 'NoAgent':
      return new HoldfastError('tunnel.no-agent', { host, problem }, error);
    case 'ForwardingRefused':
      return new HoldfastError('tunnel.forwarding-refused', { host, user, target, problem }, error);
    case 'Broken':
    case 'Closed':
      return new HoldfastError('tunnel.broken', { host, problem }, error);
    case 'TargetUnreachable':
      return undefined;
  }
}
