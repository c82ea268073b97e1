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
      recorder.log(check.result === 'passed' ? 'info' : 'warning', textOf(check));
      if (check.result === 'failed') recorder.conclude('incomplete');
      step.progress(++done);
    }
  });
}

function textOf({ check, finding, remedy }: CheckResult): string {
  return `${check}: ${finding.en}${remedy === undefined ? '' : ` ${remedy.en}`}`;
}
