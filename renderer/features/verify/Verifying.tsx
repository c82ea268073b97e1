import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { SealedPanel } from '../../ui/target/SealedPanel.tsx';
import { isSealed } from '../../ui/target/sealed.ts';
import { askOf, type Subject, subjectKey } from '../../ui/target/subject.ts';
import { useTargetName } from '../../ui/target/TargetName.tsx';
import { Report } from './Report.tsx';
import { addVerifyEvent, NOTHING_VERIFIED } from './verify-state.ts';

/** A verification: started when it is asked for, stopped when it is told to or the screen is left. */
export function Verifying({
  subject,
  level,
}: {
  readonly subject: Subject;
  readonly level: 'file' | 'content';
}) {
  const { t } = useText();
  const { may } = useSession();
  const name = useTargetName(subject.target);
  const [started, setStarted] = useState<number>();
  const [stopped, setStopped] = useState(false);
  const stream = useStream(JSON.stringify([subjectKey(subject), level]), {
    open: (signal) => client.explore.verify({ ...askOf(subject), level }, { signal }),
    initial: NOTHING_VERIFIED,
    reduce: addVerifyEvent,
    manual: true,
  });
  const running = !stopped && (stream.status === 'waiting' || stream.status === 'flowing');
  const start = () => {
    setStarted(Date.now());
    setStopped(false);
    stream.start();
  };
  const stop = () => {
    stream.stop();
    setStopped(true);
  };
  if (isSealed(stream.error)) return <SealedPanel texts={[subject.text]} error={stream.error} />;
  const { done, total, results } = stream.value;
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Group justify="space-between" wrap="nowrap" mb={running ? 'sm' : 0}>
          <div>
            <Text fw={600}>{name}</Text>
            <Text size="sm" c="dimmed" aria-live="polite">
              {stopped ? t('verify:stopped') : t(`verify:state.${stream.status}`)}
            </Text>
          </div>
          {running ? (
            <Button variant="default" onClick={stop}>
              {t('verify:stop')}
            </Button>
          ) : (
            <Button onClick={start} disabled={!may('operator')}>
              {t(started === undefined ? 'verify:start' : 'verify:again')}
            </Button>
          )}
        </Group>
        {running && (
          <ProgressLine
            label={t('verify:reading')}
            unit="bytes"
            done={done}
            {...(total === undefined ? {} : { total })}
            {...(started === undefined ? {} : { elapsed: Math.max(1, Date.now() - started) })}
          />
        )}
        {!may('operator') && (
          <Text size="sm" c="dimmed" mt="xs">
            {t('verify:role')}
          </Text>
        )}
      </Paper>
      {stream.error !== undefined && <ErrorPanel error={stream.error} onRetry={start} />}
      {results.map((result) => (
        <Report key={result.archive} result={result} />
      ))}
    </Stack>
  );
}
