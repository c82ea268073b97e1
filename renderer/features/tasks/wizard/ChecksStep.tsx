import type { CheckResult } from '../../../../shared/model/preflight.ts';
import { client } from '../../../connection/client.ts';
import { useStream } from '../../../connection/use-stream.ts';
import { useText } from '../../../i18n/use-text.ts';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../../ui/StreamedChecks.tsx';
import { takenSources } from './draft.ts';
import type { StepProps } from './wizard-props.ts';

/** Asks every service and every storage of the task, before anything is saved. */
export function ChecksStep({ draft }: StepProps) {
  const { t } = useText();
  const taken = takenSources(draft);
  const storages = [...new Set(taken.map(({ storage }) => storage))];
  const left = draft.sources.filter(({ taken: is }) => !is).map(({ service }) => service);
  const stream = useStream(JSON.stringify([draft.cluster, storages, left]), {
    open: async (signal) => checkAll(draft.cluster, left, storages, signal),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return <StreamedChecks stream={stream} text={t('tasks:help.checks')} />;
}

/** The cluster's checks but those of services that are left out, then the storages' one after another. */
async function* checkAll(
  cluster: string,
  left: readonly string[],
  storages: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<CheckResult> {
  for await (const check of await client.clusters.test({ name: cluster }, { signal })) {
    if (!left.includes(check.subject)) yield check;
  }
  for (const name of storages) yield* await client.storages.validate({ name }, { signal });
}
