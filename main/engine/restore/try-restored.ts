import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { OpenService } from '../open-service.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';

/** Has the source try what it restored; a service that does not serve its clients makes the run incomplete. */
export async function tryRestored(
  service: string,
  { driver, connection }: OpenService,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  if (driver.capabilities.triesAfterRestore !== true) return;
  await recorder.during('try', service, async (step) => {
    let done = 0;
    for await (const check of connection.check('restored', signal)) {
      logCheck(recorder, check);
      if (check.result === 'failed') recorder.conclude('incomplete');
      step.progress(++done);
    }
  });
}

function logCheck(recorder: RunRecorder, { check, result, finding, remedy }: CheckResult): void {
  const level = result === 'passed' ? 'info' : 'warning';
  if (remedy === undefined) recorder.log(level, 'restore.tried', { check, finding });
  else recorder.log(level, 'restore.tried-remedy', { check, finding, remedy });
}
