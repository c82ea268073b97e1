import { Group, Text, Title, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { DriverKind } from './kinds.ts';
import { groupNotes, type NoteGroup } from './note-groups.ts';
import classes from './points.module.css';

/** Single notes of a group that are listed; beyond it their number says enough. */
const MOST_LISTED = 200;

/** What an archive lacks, and what it does not bring back exactly, by reason. */
export function FidelityNotes(props: {
  /** Id of the kind of source that wrote them. */
  readonly source: string;
  readonly notes: readonly FidelityNote[];
  readonly kinds: readonly DriverKind[];
}) {
  const { t } = useText();
  const groups = useMemo(() => groupNotes(props.source, props.notes), [props.source, props.notes]);
  if (groups.length === 0) return null;
  return (
    <div>
      <Title order={4} size="h6" mb={4}>
        {t('points:notes.title')}
      </Title>
      <ul className={classes.notes}>
        {groups.map((group) => (
          <li key={`${group.code} ${group.kind} ${group.lack}`}>
            <Note group={group} kinds={props.kinds} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Note({ group, kinds }: { readonly group: NoteGroup; readonly kinds: readonly DriverKind[] }) {
  const { t, pick, format } = useText();
  const [opened, setOpened] = useState(false);
  const { lack, fidelity } = group;
  const texts = group.texts.map((text) => printable(pick(text)));
  const kind = kinds.find((each) => each.kind === group.kind);
  return (
    <>
      <Group gap="sm" wrap="nowrap" align="baseline">
        <StatusBadge tone={lack === undefined && fidelity !== 'operator' ? 'quiet' : 'warn'}>
          {t(lack === undefined ? `points:fidelity.${fidelity}` : `points:lack.${lack}`)}
        </StatusBadge>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {kind !== undefined && <b>{pick(kind.label)}: </b>}
          {texts[0]}
        </Text>
      </Group>
      {texts.length > 1 && (
        <UnstyledButton
          fz="xs"
          c="var(--mantine-color-anchor)"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t('points:notes.more', { number: format.number(texts.length - 1) })}
        </UnstyledButton>
      )}
      {opened && (
        <ul className={classes.more}>
          {texts.slice(1, MOST_LISTED).map((text) => (
            <li key={text}>{text}</li>
          ))}
          {texts.length > MOST_LISTED && (
            <li>{t('points:notes.rest', { number: format.number(texts.length - MOST_LISTED) })}</li>
          )}
        </ul>
      )}
    </>
  );
}
