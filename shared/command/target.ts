import type { Target } from '../model/target.ts';

/**
 * A target as commands take it and links carry it: `point:ID`, `file:PATH`, `undo:RUN`, `cluster:NAME/SERVICE`. Of a
 * point or an undo point with several services the service stands behind a slash in links; commands have `--source`.
 */
export function targetText(target: Target): string {
  switch (target.of) {
    case 'point':
      return `point:${withService(target.point, target.service)}`;
    case 'undo':
      return `undo:${withService(target.run, target.service)}`;
    case 'cluster':
      return `cluster:${withService(target.cluster, target.service)}`;
    case 'file':
      return `file:${target.path}`;
  }
}

/** What `targetText` wrote; undefined for anything else. Names hold no slashes. */
export function targetOf(text: string): Target | undefined {
  const [, of, rest = ''] = /^(point|undo|cluster|file):(.+)$/s.exec(text) ?? [];
  if (of === 'file') return { of, path: rest };
  const slash = rest.indexOf('/');
  const name = slash === -1 ? rest : rest.slice(0, slash);
  const service = slash === -1 ? {} : { service: rest.slice(slash + 1) };
  if (of === 'point') return { of, point: name, ...service };
  if (of === 'undo') return { of, run: name, ...service };
  if (of === 'cluster') return { of, cluster: name, ...service };
  return undefined;
}

/** The target as an argument of a command. */
export function targetArgument(target: Target): string {
  if (target.of === 'file') return fileArgument(target.path);
  if (target.of === 'point') return target.point;
  if (target.of === 'undo') return `undo:${target.run}`;
  return targetText(target);
}

/** The service for `--source`, where the argument itself does not say it. */
export function serviceFlag(target: Target): string | undefined {
  return target.of === 'point' || target.of === 'undo' ? target.service : undefined;
}

/** A path with a slash is taken for nothing else. */
function fileArgument(path: string): string {
  return path.startsWith('/') || path.startsWith('./') ? path : `file:${path}`;
}

function withService(name: string, service: string | undefined): string {
  return service === undefined ? name : `${name}/${service}`;
}
