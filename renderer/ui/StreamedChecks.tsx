import { Button, Group, Stack, Text } from '@mantine/core';
import type { CheckResult } from '../../shared/model/preflight.ts';
import type { StreamState } from '../connection/stream-store.ts';
import { useText } from '../i18n/use-text.ts';
import { CheckList } from './CheckList.tsx';
import { ErrorPanel } from './ErrorPanel.tsx';

/** Checks as a stream gathers them. */
export const collectChecks = (checks: readonly CheckResult[], check: CheckResult): readonly CheckResult[] => [
  ...checks,
  check,
];

export const NO_CHECKS: readonly CheckResult[] = [];

/** Checks as they come in, what they look at, and the button that repeats them. */
export function StreamedChecks({
  stream,
  text,
}: {
  readonly stream: StreamState<readonly CheckResult[]> & { readonly start: () => void };
  readonly text: string;
}) {
  const { t } = useText();
  const running = stream.status === 'waiting' || stream.status === 'flowing';
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <CheckList checks={stream.value} running={running} />
      {stream.error !== undefined && <ErrorPanel error={stream.error} />}
      <Group>
        <Button variant="default" onClick={stream.start} disabled={running}>
          {t('common:check.again')}
        </Button>
      </Group>
    </Stack>
  );
}
