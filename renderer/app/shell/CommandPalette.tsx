import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconPlayerPlay, IconRestore, IconSearch, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { SCREENS } from '../screens.ts';

const MOST_POINTS = 50;

export const openPalette = (): void => spotlight.open();

/** Ctrl+K: every screen, cluster, task and recent recovery point by a few letters. */
export function CommandPalette() {
  const { t } = useText();
  const [opened, setOpened] = useState(false);
  return (
    <Spotlight
      actions={usePaletteActions(opened)}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      shortcut="mod + K"
      tagsToIgnore={[]}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={40}
      nothingFound={t('shell:palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('shell:palette.placeholder'),
        'aria-label': t('shell:palette.placeholder'),
      }}
    />
  );
}

/** Names are asked for when the palette opens, not before. */
function usePaletteActions(opened: boolean): SpotlightActionGroupData[] {
  const { t, format } = useText();
  const navigate = useNavigate();
  const clusters = useQuery({ ...api.clusters.list.queryOptions({ input: {} }), enabled: opened });
  const tasks = useQuery({ ...api.tasks.list.queryOptions({ input: {} }), enabled: opened });
  const points = useQuery({
    ...api.points.list.queryOptions({ input: { limit: MOST_POINTS } }),
    enabled: opened,
  });
  return [
    {
      group: t('shell:palette.screens'),
      actions: SCREENS.map(({ to, title, icon: Icon }) => ({
        id: `screen ${to}`,
        label: t(title),
        leftSection: <Icon size={18} stroke={1.7} />,
        onClick: () => void navigate({ to }),
      })),
    },
    {
      group: t('clusters:title'),
      actions: (clusters.data ?? []).map(({ id, name, environment }) => ({
        id: `cluster ${id}`,
        label: name,
        description: t(`common:environment.${environment}`),
        leftSection: <IconServer2 size={18} stroke={1.7} />,
        onClick: () => void navigate({ to: '/clusters/$name', params: { name } }),
      })),
    },
    {
      group: t('tasks:title'),
      actions: (tasks.data ?? []).map(({ task, clusterName }) => ({
        id: `task ${task.id}`,
        label: task.name,
        description: clusterName,
        leftSection: <IconPlayerPlay size={18} stroke={1.7} />,
        onClick: () => void navigate({ to: '/tasks/$name', params: { name: task.name }, search: {} }),
      })),
    },
    {
      group: t('points:title'),
      actions: (points.data ?? []).map(({ id, taskName, created }) => ({
        id: `point ${id}`,
        label: `${taskName} · ${format.dateTime(created)}`,
        description: id,
        leftSection: <IconRestore size={18} stroke={1.7} />,
        onClick: () => void navigate({ to: '/points/$id', params: { id } }),
      })),
    },
  ].filter(({ actions }) => actions.length > 0);
}
