import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { targetOf } from '../../../shared/command/target.ts';
import { useText } from '../../i18n/use-text.ts';
import { FileForm } from '../../ui/target/FileForm.tsx';
import { PointChoice } from './PointChoice.tsx';
import type { RestoreSearch } from './search.ts';
import { UndoChoice } from './UndoChoice.tsx';

const KINDS = ['point', 'undo', 'file'] as const;
type Kind = (typeof KINDS)[number];

/** Where to go back to: a recovery point by its time, the way back of a restore, or an archive file of the host. */
export function PointStep({
  search,
  onChange,
}: {
  readonly search: RestoreSearch;
  readonly onChange: (part: Partial<RestoreSearch>) => void;
}) {
  const { t } = useText();
  const chosen = search.from === undefined ? undefined : targetOf(search.from);
  const [kind, setKind] = useState<Kind>(KINDS.find((each) => each === chosen?.of) ?? 'point');
  // What was selected of one point need not be in another.
  const choose = (from: string) => {
    if (from !== search.from) onChange({ from, services: undefined, select: undefined, step: 'point' });
  };
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('restore:point.kind')}
        data={KINDS.map((each) => ({ value: each, label: t(`restore:point.kinds.${each}`) }))}
        value={kind}
        onChange={(value) => setKind(KINDS.find((each) => each === value) ?? kind)}
      />
      <Text size="sm" c="dimmed">
        {t(`restore:point.help.${kind}`)}
      </Text>
      {kind === 'point' && <PointChoice chosen={chosen} onChoose={choose} />}
      {kind === 'undo' && <UndoChoice chosen={chosen} onChoose={choose} />}
      {kind === 'file' && (
        <FileForm path={chosen?.of === 'file' ? chosen.path : ''} onPath={(path) => choose(`file:${path}`)} />
      )}
      {kind === 'file' && chosen?.of === 'file' && (
        <Text size="sm">{t('restore:point.fileChosen', { path: chosen.path })}</Text>
      )}
    </Stack>
  );
}
