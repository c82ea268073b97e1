import { Skeleton, Stack } from '@mantine/core';
import { LoadingTable } from '../ui/Skeletons.tsx';

/** Stands in place of a screen whose code is being loaded. */
export function ScreenLoading() {
  return (
    <Stack gap="lg">
      <Skeleton height={28} width={220} />
      <LoadingTable rows={6} />
    </Stack>
  );
}
