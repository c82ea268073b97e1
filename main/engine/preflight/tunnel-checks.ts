import { asHoldfastError, explainError } from '../../../shared/errors/error.ts';
import type { ErrorCode } from '../../../shared/errors/table.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { tunnelOptions, tunnelText } from '../../../shared/model/tunnel.ts';
import type { RawOptions } from '../../../shared/options/parse.ts';
import type { EngineContext } from '../context.ts';
import { mergedOptions } from '../definitions/changed-options.ts';
import { TUNNEL } from '../tunnel/settings.ts';
import type { OpenWay } from '../tunnel/tunnels.ts';

/** What of a tunnel is checked, in the order in which it comes about, and the errors that it fails with. */
const STEPS: readonly {
  readonly check: string;
  readonly passed: CheckResult['finding'];
  readonly failures: readonly ErrorCode[];
}[] = [
  {
    check: 'tunnel.reachable',
    passed: { en: 'The SSH host answers.', zh: 'SSH 主机有响应。' },
    failures: ['tunnel.unreachable'],
  },
  {
    check: 'tunnel.host-key',
    passed: { en: 'It shows the key that was accepted.', zh: '其出示的密钥与已接受的一致。' },
    failures: ['tunnel.host-key-unknown', 'tunnel.host-key-changed'],
  },
  {
    check: 'tunnel.sign-in',
    passed: { en: 'It takes the sign-in.', zh: '登录成功。' },
    failures: [],
  },
];

/** How a probe changes the tunnel of a cluster: null does without one, undefined leaves it as it is saved. */
export type ProbedTunnel = RawOptions | null | undefined;

/**
 * Opens the way into a cluster, telling step by step what came of its tunnel; nothing is told where it has none.
 * Undefined when it cannot be opened: its services cannot be reached then either. The caller closes it.
 */
export async function* openWay(
  context: EngineContext,
  saved: Cluster | undefined,
  wish: ProbedTunnel,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult, OpenWay | undefined> {
  const before = saved?.tunnel;
  const shown = wish === undefined ? before : wish && { ...before, ...wish };
  if (!shown) return { close: () => {} };
  const subject = tunnelText(shown);
  try {
    const way = await open(context, saved, wish, signal);
    yield* steps(subject, STEPS.length);
    return way;
  } catch (error) {
    signal?.throwIfAborted();
    const { code } = asHoldfastError(error);
    const at = STEPS.findIndex(({ failures }) => failures.includes(code));
    const failed = at < 0 ? untold(code) : at;
    yield* steps(subject, failed);
    const { message, remedy } = explainError(error);
    const check = STEPS[failed]?.check ?? 'tunnel.options';
    yield { check, subject, result: 'failed', finding: message, remedy };
    return undefined;
  }
}

function open(
  { tunnels, vault }: EngineContext,
  saved: Cluster | undefined,
  wish: ProbedTunnel,
  signal: AbortSignal | undefined,
): Promise<OpenWay> {
  if (wish === undefined || wish === null) return tunnels.open(saved?.tunnel, signal);
  const change = { schema: tunnelOptions, before: saved?.tunnel ?? {}, wish, what: TUNNEL };
  return mergedOptions(change, vault).then((raw) => tunnels.open(raw, signal));
}

/** What else goes wrong does so before anything is asked, or is about the sign-in. */
function untold(code: ErrorCode): number {
  return code === 'tunnel.sign-in-refused' ? STEPS.length - 1 : -1;
}

function* steps(subject: string, passed: number): Generator<CheckResult> {
  for (const { check, passed: finding } of STEPS.slice(0, Math.max(0, passed))) {
    yield { check, subject, result: 'passed', finding };
  }
}
