import { Skeleton, Stack } from '@mantine/core';
import { useText } from '../i18n/use-text.ts';

const ROW_PIXELS = 36;

/** Stands where a table will be, in its height: nothing jumps when the rows come. */
export function LoadingTable({ rows = 5 }: { readonly rows?: number }) {
  const { t } = useText();
  return (
    <Stack gap={6} role="status" aria-label={t('common:loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are alike and never move.
        <Skeleton key={row} height={ROW_PIXELS - 6} radius="sm" />
      ))}
    </Stack>
  );
}

/** Stands where a card or a panel of this height will be. */
export function LoadingPanel({ height }: { readonly height: number }) {
  const { t } = useText();
  return <Skeleton height={height} radius="md" role="status" aria-label={t('common:loading')} />;
}
