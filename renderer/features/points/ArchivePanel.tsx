import { Group, Paper, Stack, Title } from '@mantine/core';
import { targetText } from '../../../shared/command/target.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../../ui/Facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Bytes } from '../../ui/Quantity.tsx';
import { FidelityNotes } from './FidelityNotes.tsx';
import type { DriverKind } from './kinds.ts';
import { useKinds } from './kinds.ts';
import { PointSigns } from './PointSigns.tsx';
import classes from './points.module.css';

/** One archive of a point: what it holds, where it lies, what it does not bring back exactly. */
export function ArchivePanel(props: {
  readonly point: string;
  readonly archive: PointArchive;
  /** Name of its storage. */
  readonly storage: string;
}) {
  const { t, format } = useText();
  const { archive, storage } = props;
  const kinds = useKinds(archive.source);
  const target = targetText({ of: 'point', point: props.point, service: archive.service });
  const { verified, signer } = archive;
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="sm" className={classes.archiveHead ?? ''}>
            <Title order={3} size="h6">
              {archive.service}
            </Title>
            <PointSigns
              point={{
                complete: archive.complete,
                encrypted: archive.encrypted,
                signed: signer !== undefined,
                pinned: false,
                notes: 0,
                ...(verified === undefined ? {} : { verified }),
              }}
            />
          </Group>
          <TextLink to="/explore" search={{ target }} size="sm">
            {t('points:explore')}
          </TextLink>
        </Group>
        <Facts
          facts={[
            [t('points:field.size'), <Bytes key="size" value={archive.size} />],
            [t('points:field.holds'), <Counts key="holds" archive={archive} kinds={kinds} />],
            ...(archive.version === null ? [] : [[t('points:field.version'), archive.version] as const]),
            [t('points:field.position'), <code key="position">{positionText(archive.position)}</code>],
            [t('points:field.path'), <code key="path">{`${storage}: ${archive.path}`}</code>],
            [t('points:field.sha256'), <code key="sha256">{archive.sha256}</code>],
            [
              t('points:field.verified'),
              verified === undefined
                ? t('points:never')
                : `${format.dateTime(verified.at)} · ${t(`points:level.${verified.level}`)}`,
            ],
            [
              t('points:field.signer'),
              signer === undefined ? t('points:unsigned') : <code key="signer">{signer}</code>,
            ],
          ]}
        />
        <FidelityNotes source={archive.source} notes={archive.notes} kinds={kinds} />
      </Stack>
    </Paper>
  );
}

/** Where in the service's history the archive stands, in its source's own words. */
function positionText(position: PointArchive['position']): string {
  return Object.entries(position)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

function Counts(props: { readonly archive: PointArchive; readonly kinds: readonly DriverKind[] }) {
  const { pick, format } = useText();
  const lines = Object.entries(props.archive.counts).map(([kind, { entries }]) => {
    const known = props.kinds.find((each) => each.kind === kind);
    return `${known === undefined ? kind : pick(known.label)}: ${format.number(entries)}`;
  });
  return lines.length === 0 ? '—' : lines.join(' · ');
}
