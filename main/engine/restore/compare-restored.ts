import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { PointView } from '../../sources/contract.ts';
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
        const members = difference.members.length === 0 ? '' : ` (${difference.members.join(', ')})`;
        recorder.log(
          'warning',
          `still different: ${difference.change} /${difference.key.join('/')}${members}`,
        );
      }
      step.progress(differences);
    }
    recorder.count('differences', differences);
    if (differences > 0) recorder.conclude('incomplete');
    else recorder.log('info', `${service} is as the recovery point has it`);
  });
}
