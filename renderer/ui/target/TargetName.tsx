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

/** A target as people call it: `lab · ZooKeeper, live`, `nightly, 20 Nov 2026, 03:00`. */
export function useTargetName(target: Target | undefined): string {
  const { t, format } = useText();
  const point = useQuery({
    ...api.points.show.queryOptions({ input: { point: target?.of === 'point' ? target.point : '' } }),
    enabled: target?.of === 'point',
  });
  if (target === undefined) return '';
  if (target.of === 'file') return printable(target.path.split(/[\\/]/).at(-1) ?? target.path);
  const service = target.service === undefined ? '' : ` · ${printable(target.service)}`;
  if (target.of === 'cluster') return `${printable(target.cluster)}${service} · ${t('target:live')}`;
  if (target.of === 'undo') return `${t('target:undo')} ${target.run}${service}`;
  if (point.data === undefined) return `${target.point}${service}`;
  const { taskName, created } = point.data;
  return `${printable(taskName)}${service} · ${format.dateTime(created)}`;
}
