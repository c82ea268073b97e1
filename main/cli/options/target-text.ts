import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

/** What a person means by a text that names something to look at or restore from. */
export type TargetText =
  | { readonly kind: 'point'; readonly prefix: string }
  | { readonly kind: 'latest'; readonly task: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'cluster'; readonly cluster: string; readonly service?: string }
  | { readonly kind: 'undo'; readonly run: string }
  /** Looks like the beginning of a point's id, but may be a file. */
  | { readonly kind: 'point-or-file'; readonly text: string };

const ID_BEGINNING = /^[0-9a-f]{4,16}$/;
const PREFIXED = /^(point|latest|file|cluster|undo):(.+)$/s;

/**
 * Reads `3f9a…`, `latest:TASK`, `cluster:NAME[/SERVICE]`, `undo:RUN` or a path; `point:` and `file:` say which is
 * meant where both are possible. Names hold neither colons nor slashes, so nothing is ambiguous.
 * @throws HoldfastError `general.invalid-input` for an empty text
 */
export function parseTarget(text: string): TargetText {
  if (text === '')
    throw new HoldfastError('general.invalid-input', {
      what: detail('the-target'),
      problem: detail('empty'),
    });
  const [, prefix, rest = ''] = PREFIXED.exec(text) ?? [];
  switch (prefix) {
    case 'point':
      return { kind: 'point', prefix: rest };
    case 'latest':
      return { kind: 'latest', task: rest };
    case 'file':
      return { kind: 'file', path: rest };
    case 'undo':
      return { kind: 'undo', run: rest };
    case 'cluster':
      return parseCluster(rest);
    default:
      return ID_BEGINNING.test(text) ? { kind: 'point-or-file', text } : { kind: 'file', path: text };
  }
}

function parseCluster(text: string): TargetText {
  const slash = text.indexOf('/');
  if (slash === -1) return { kind: 'cluster', cluster: text };
  return { kind: 'cluster', cluster: text.slice(0, slash), service: text.slice(slash + 1) };
}
