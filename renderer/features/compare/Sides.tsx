import { ActionIcon, Button, Paper, Popover, Text, Tooltip } from '@mantine/core';
import { IconArrowsLeftRight, IconPencil } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import type { Target } from '../../../shared/model/target.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { TargetName } from '../../ui/target/TargetName.tsx';
import { TargetPicker } from '../../ui/target/TargetPicker.tsx';
import classes from './compare.module.css';

const route = getRouteApi('/compare');
const KINDS = ['point', 'cluster', 'file'] as const;
/** For those who may not read a live cluster from end to end. */
const STORED_KINDS = ['point', 'file'] as const;

/** Both sides and the way to turn them around: differences are told from the left to the right. */
export function Sides({
  left,
  right,
}: {
  readonly left: Subject | undefined;
  readonly right: Subject | undefined;
}) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const choose = (side: 'left' | 'right', target: Target) =>
    void navigate({
      search: ({ entry: _entry, ...before }) => ({ ...before, [side]: targetText(target) }),
    });
  const swap = () =>
    void navigate({
      search: (before) => ({ ...before, left: before.right, right: before.left, changes: undefined }),
    });
  return (
    <div className={classes.sides}>
      <Side label={t('compare:left')} target={left?.target} onChoose={(target) => choose('left', target)} />
      <Tooltip label={t('compare:swap')}>
        <ActionIcon variant="default" size="lg" aria-label={t('compare:swap')} onClick={swap}>
          <IconArrowsLeftRight size={17} />
        </ActionIcon>
      </Tooltip>
      <Side
        label={t('compare:right')}
        target={right?.target}
        onChoose={(target) => choose('right', target)}
      />
    </div>
  );
}

function Side({
  label,
  target,
  onChoose,
}: {
  readonly label: string;
  readonly target: Target | undefined;
  readonly onChoose: (target: Target) => void;
}) {
  const { t } = useText();
  const { may } = useSession();
  const [opened, setOpened] = useState(false);
  const kinds = may('operator') ? KINDS : STORED_KINDS;
  if (target === undefined) {
    return (
      <Paper withBorder p="sm">
        <Text size="xs" c="dimmed" mb={6}>
          {label}
        </Text>
        <TargetPicker label={label} value={undefined} kinds={kinds} onChange={onChoose} />
      </Paper>
    );
  }
  return (
    <Paper withBorder px="sm" py={6} className={classes.side ?? ''}>
      <div className={classes.sideName}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text size="sm" fw={600} component="div" className={classes.sideName ?? ''}>
          <TargetName target={target} />
        </Text>
      </div>
      <Popover width={440} position="bottom-end" shadow="md" trapFocus opened={opened} onChange={setOpened}>
        <Popover.Target>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPencil size={14} />}
            aria-label={t('compare:changeSide', { side: label })}
            onClick={() => setOpened(!opened)}
          >
            {t('compare:change')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={label}>
          <TargetPicker
            label={label}
            value={target}
            kinds={kinds}
            onChange={(chosen) => {
              setOpened(false);
              onChoose(chosen);
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </Paper>
  );
}
