import { Button, Group, Stack, Text } from '@mantine/core';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { CheckList } from '../../ui/CheckList.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import type { servicesOf } from './draft.ts';

const NO_CHECKS: readonly CheckResult[] = [];

export const collect = (checks: readonly CheckResult[], check: CheckResult): readonly CheckResult[] => [
  ...checks,
  check,
];

/** Asks every service, before anything is saved. Whoever wants may go on in spite of what is found. */
export function TestStep({ services }: { readonly services: ReturnType<typeof servicesOf> }) {
  const { t } = useText();
  const probe = useStream(JSON.stringify(services), {
    open: (signal) => client.clusters.probe({ services }, { signal }),
    initial: NO_CHECKS,
    reduce: collect,
  });
  return <TestResults stream={probe} text={t('clusters:help.test')} />;
}

/** Checks of a connection test as they come, and the button that repeats it. */
export function TestResults({
  stream,
  text,
}: {
  readonly stream: ReturnType<typeof useStream<CheckResult, readonly CheckResult[]>>;
  readonly text: string;
}) {
  const { t } = useText();
  const running = stream.status === 'waiting' || stream.status === 'flowing';
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <CheckList checks={stream.value} running={running} />
      {stream.error !== undefined && <ErrorPanel error={stream.error} />}
      <Group>
        <Button variant="default" onClick={stream.start} disabled={running}>
          {t('clusters:testAgain')}
        </Button>
      </Group>
    </Stack>
  );
}
