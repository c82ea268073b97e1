import { CHANGES } from '../../../shared/messages/words.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Difference, PointView } from '../../sources/contract.ts';
import type { OpenService } from '../open-service.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';
import { restoreRequest } from './plan-restore.ts';

const MOST_LOGGED = 50;

/** Compares the cluster with the point after a restore; what still differs makes the run incomplete and is logged. */
export async function compareRestored(
  plan: RestorePlan,
  service: string,
  open: OpenService,
  view: PointView,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  await recorder.during('compare', service, async (step) => {
    let differences = 0;
    for await (const batch of open.connection.compare(view, restoreRequest(plan.order), signal)) {
      for (const difference of batch) {
        if (differences++ >= MOST_LOGGED) continue;
        logDifference(recorder, difference);
      }
      step.progress(differences);
    }
    recorder.count('differences', differences);
    if (differences > 0) recorder.conclude('incomplete');
    else recorder.log('info', 'restore.equal', { service });
  });
}

function logDifference(recorder: RunRecorder, { change, key, members }: Difference): void {
  const differing = { change: CHANGES[change], key: `/${key.join('/')}` };
  if (members.length === 0) recorder.log('warning', 'restore.differs', differing);
  else recorder.log('warning', 'restore.members-differ', { ...differing, members });
}
