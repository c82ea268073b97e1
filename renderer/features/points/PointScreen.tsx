import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { commandLine } from '../../../shared/command/command.ts';
import type { HeldPoint } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../../ui/Facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Bytes, DateTime, TimeAgo } from '../../ui/Quantity.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { ArchivePanel } from './ArchivePanel.tsx';
import { PointActions } from './PointActions.tsx';
import { PointSigns } from './PointSigns.tsx';
import { summaryOf } from './summary.ts';

const route = getRouteApi('/points/$id');

/** One recovery point: how far it can be relied upon, what is in it, and what can be done with it. */
export function PointScreen() {
  const { t, format } = useText();
  const { id } = route.useParams();
  const point = useQuery(api.points.show.queryOptions({ input: { point: id } }));
  const { data } = point;
  return (
    <>
      <PageHeader
        title={data === undefined ? t('points:one') : format.dateTime(data.created)}
        back={
          <TextLink to="/points" search={{}}>
            {t('points:title')}
          </TextLink>
        }
        badges={data !== undefined && <PointSigns point={{ ...summaryOf(data), pinned: data.pinned }} />}
        command={commandLine(['point', 'show', id])}
        actions={data !== undefined && <PointActions point={data} />}
      />
      <QueryView query={point} loading={<LoadingPanel height={420} />}>
        {(loaded) => <Details point={loaded} />}
      </QueryView>
    </>
  );
}

function Details({ point }: { readonly point: HeldPoint }) {
  const { t } = useText();
  const { bytes } = summaryOf(point);
  const storages = useQuery(api.storages.list.queryOptions({ input: {} })).data ?? [];
  return (
    <Stack gap="lg">
      {point.heldBy !== undefined && (
        <Group gap="xs">
          <StatusBadge tone="busy">{t('points:held')}</StatusBadge>
          <TextLink to="/runs/$id" params={{ id: point.heldBy }} search={{}} size="sm" ff="monospace">
            {point.heldBy}
          </TextLink>
        </Group>
      )}
      <Paper withBorder p="lg">
        <Facts
          facts={[
            [t('points:field.id'), <code key="id">{point.id}</code>],
            [t('points:field.task'), point.taskName],
            [t('points:field.cluster'), point.clusterName],
            [
              t('points:field.created'),
              <span key="created">
                <DateTime at={point.created} /> · <TimeAgo at={point.created} />
              </span>,
            ],
            [t('points:field.size'), <Bytes key="size" value={bytes} />],
            [
              t('points:field.retention'),
              t(point.pinned ? 'points:retention.pinned' : 'points:retention.task'),
            ],
          ]}
        />
      </Paper>
      <Title order={2} size="h5">
        {t('points:archives')}
      </Title>
      {point.archives.map((archive) => (
        <ArchivePanel
          key={archive.id}
          point={point.id}
          archive={archive}
          storage={storages.find(({ id }) => id === archive.storage)?.name ?? archive.storage}
        />
      ))}
    </Stack>
  );
}
