import { explainError } from '../../../shared/errors/error.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { refuseOtherService } from '../definitions/identities.ts';
import type { OpenService } from '../open-service.ts';

/**
 * Whether the service is the one known by the cluster's definition, or by `known`. No check where there is nothing to
 * compare with, or the service does not answer: other checks tell that.
 */
export async function* checkIdentity(
  open: OpenService,
  cluster: string,
  known: JsonObject | undefined = open.service.identity,
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  if (known === undefined || open.driver.identity === undefined) return;
  const now = await askIdentity(open, signal);
  if (now === undefined) return;
  const of = { check: 'cluster.identity', subject: open.service.service };
  try {
    refuseOtherService(open, cluster, now, known);
    const finding = { en: 'It is the one that was backed up before.', zh: '与之前备份的是同一个服务。' };
    yield { ...of, result: 'passed', finding };
  } catch (error) {
    const { message, remedy } = explainError(error);
    yield { ...of, result: 'failed', finding: message, remedy };
  }
}

async function askIdentity(
  { connection }: OpenService,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  try {
    return (await connection.probe(signal)).identity;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
