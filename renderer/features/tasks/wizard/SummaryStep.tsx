import { Stack } from '@mantine/core';
import { createTaskCommand, setTaskCommand } from '../../../../shared/command/task.ts';
import { useText } from '../../../i18n/use-text.ts';
import { CommandLines } from '../../../ui/CommandLines.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { policyWords } from '../policy-words.ts';
import { scheduleWords } from '../schedule-words.ts';
import { findDriver, scheduleOf, selectionOf, type TaskDraft, takenSources } from './draft.ts';
import type { StepProps } from './wizard-props.ts';

/** All of it once more, and the line that does the same. */
export function SummaryStep({
  draft,
  drivers,
  saved,
  error,
}: StepProps & { readonly saved: boolean; readonly error: Error | null }) {
  const texts = useText();
  const { t, format } = texts;
  const command = (saved ? setTaskCommand : createTaskCommand)(commandOf(draft, drivers));
  return (
    <Stack>
      <Facts
        facts={[
          [t('tasks:field.name'), draft.name],
          [t('tasks:field.cluster'), draft.cluster],
          [t('tasks:field.schedule'), scheduleWords(scheduleOf(draft.timing) ?? undefined, texts)],
          [t('tasks:field.policy'), policyWords(draft.policy, t)],
          ...takenSources(draft).map(
            (source) =>
              [
                source.service,
                t('tasks:wizard.sourceLine', {
                  storage: source.storage,
                  copies: format.number(source.copies),
                  sealed: t(
                    source.key !== '' || source.byPassphrase ? 'tasks:wizard.sealed' : 'tasks:sealed.no',
                  ),
                }),
              ] as const,
          ),
        ]}
      />
      <CommandLines command={command} />
      {error !== null && <ErrorPanel error={error} />}
    </Stack>
  );
}

function commandOf(draft: TaskDraft, drivers: StepProps['drivers']) {
  return {
    name: draft.name.trim(),
    cluster: draft.cluster,
    schedule: scheduleOf(draft.timing) ?? undefined,
    policy: draft.policy,
    passphrase: takenSources(draft).some((source) => source.byPassphrase && !source.storedPassphrase),
    sources: takenSources(draft).map((source) => ({
      service: source.service,
      fields: findDriver(drivers.sources, source.source)?.selection ?? [],
      selection: selectionOf(source, drivers.sources),
      storage: source.storage,
      directory: source.directory,
      maximumCopies: source.copies,
      key: source.key === '' ? undefined : source.key,
      signer: source.signer === '' ? undefined : source.signer,
      consent: source.consent,
    })),
  };
}
