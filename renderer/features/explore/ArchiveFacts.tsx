import { Button, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { Inspection } from '../../../shared/contract/contract.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { useKindLabel } from '../../ui/entry/use-kind-label.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Bytes, DateTime } from '../../ui/Quantity.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import { useInspection } from './use-inspection.ts';

/** What an archive file says of itself, a click away. */
export function ArchiveFacts({ subject, path }: { readonly subject: Subject; readonly path: string }) {
  const { t } = useText();
  const { data } = useInspection(subject, path);
  if (data?.kind !== 'archive') return null;
  return (
    <Popover width={460} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="subtle" leftSection={<IconInfoCircle size={14} />}>
          {t('explore:archive.about')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('explore:archive.about')}>
        <About archive={data} />
      </Popover.Dropdown>
    </Popover>
  );
}

function About({ archive }: { readonly archive: Extract<Inspection, { kind: 'archive' }> }) {
  const { t, format } = useText();
  const kindLabel = useKindLabel();
  const { manifest, size, signer } = archive;
  const { source, cluster, task } = manifest;
  const counts = Object.entries(manifest.counts).map(
    ([kind, { entries }]) => `${kindLabel(kind)}: ${format.number(entries)}`,
  );
  return (
    <Facts
      facts={[
        [t('explore:archive.service'), `${printable(source.service)} ${source.version ?? ''}`],
        [t('explore:archive.cluster'), printable(cluster.name)],
        [t('explore:archive.task'), task === null ? t('explore:archive.none') : printable(task.name)],
        [t('explore:archive.created'), <DateTime key="created" at={manifest.created} />],
        [t('explore:archive.complete'), t(manifest.complete ? 'common:yes' : 'common:no')],
        [
          t('explore:archive.sealed'),
          manifest.encryption === null ? t('common:no') : manifest.encryption.cipher,
        ],
        [t('explore:archive.signer'), signer ?? t('explore:archive.nobody')],
        [t('explore:archive.entries'), counts.join(' · ')],
        [t('explore:archive.size'), <Bytes key="size" value={size} />],
        [t('explore:archive.id'), manifest.id],
      ]}
    />
  );
}
