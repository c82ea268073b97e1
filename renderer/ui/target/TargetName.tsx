import { IconArchive, IconArrowBackUp, IconRestore, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Target } from '../../../shared/model/target.ts';
import { printable } from '../../../shared/report/printable.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import classes from './target.module.css';

const ICONS = { cluster: IconServer2, point: IconRestore, file: IconArchive, undo: IconArrowBackUp } as const;

/** What a target is, in one line: kind, name, service. */
export function TargetName({ target }: { readonly target: Target }) {
  const Icon = ICONS[target.of];
  const name = useTargetName(target);
  return (
    <span className={classes.name} title={name}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <span>{name}</span>
    </span>
  );
}

/** A target as people call it: `lab · ZooKeeper · live`, `nightly · ZooKeeper · 20 Nov 2026, 03:00`. */
export function useTargetName(target: Target | undefined): string {
  const { t } = useText();
  const title = useTargetTitle(target);
  const service = target === undefined || target.of === 'file' ? undefined : target.service;
  const parts = [title];
  if (service !== undefined) parts.splice(1, 0, printable(service));
  if (target?.of === 'cluster') parts.push(t('target:live'));
  return parts.join(' · ');
}

/** The same where service and kind stand beside it. */
export function useTargetTitle(target: Target | undefined): string {
  const { t, format } = useText();
  const point = useQuery({
    ...api.points.show.queryOptions({ input: { point: target?.of === 'point' ? target.point : '' } }),
    enabled: target?.of === 'point',
  });
  if (target === undefined) return '';
  if (target.of === 'file') return printable(target.path.split(/[\\/]/).at(-1) ?? target.path);
  if (target.of === 'cluster') return printable(target.cluster);
  if (target.of === 'undo') return `${t('target:undo')} ${target.run}`;
  if (point.data === undefined) return target.point;
  return `${printable(point.data.taskName)} · ${format.dateTime(point.data.created)}`;
}
