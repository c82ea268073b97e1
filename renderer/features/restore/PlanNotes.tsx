import { Button, Group, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { noteText } from '../../../shared/messages/note-text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { useKindLabel } from '../../ui/entry/use-kind-label.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { groupNotes, type NoteGroup } from './plan-notes.ts';
import classes from './restore.module.css';

/** Listed at once, and with every further click. */
const FIRST_NOTES = 5;
const MORE_NOTES = 200;

/** What does not come back, or not by itself, and why. */
export function PlanNotes(props: { readonly source: string; readonly notes: readonly FidelityNote[] }) {
  const { source, notes } = props;
  const { t } = useText();
  const groups = useMemo(() => groupNotes(notes), [notes]);
  if (groups.length === 0) return null;
  return (
    <div>
      <Title order={4} size="h6" mb={6}>
        {t('restore:notes.title')}
      </Title>
      {groups.map((group) => (
        <Notes key={group.fidelity} source={source} group={group} />
      ))}
    </div>
  );
}

function Notes(props: { readonly source: string; readonly group: NoteGroup }) {
  const { source, group } = props;
  const { fidelity, notes } = group;
  const { t, pick, format } = useText();
  const kindLabel = useKindLabel();
  const [shown, setShown] = useState(FIRST_NOTES);
  return (
    <div className={classes.notes}>
      <Group gap="sm" mb={4}>
        <StatusBadge tone={fidelity === 'operator' || fidelity === 'partial' ? 'warn' : 'quiet'}>
          {t(`restore:fidelity.${fidelity}`)}
        </StatusBadge>
        <Text size="sm" c="dimmed">
          {t(`restore:notes.${fidelity}`)}
        </Text>
      </Group>
      <ul>
        {notes.slice(0, shown).map((note) => (
          <li key={`${note.code} ${note.text}`}>
            <b>{kindLabel(note.kind)}</b> {printable(pick(noteText(source, note)))}
          </li>
        ))}
      </ul>
      {notes.length > shown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setShown(shown + MORE_NOTES)}>
          {t('restore:notes.more', { number: format.number(notes.length - shown) })}
        </Button>
      )}
    </div>
  );
}
