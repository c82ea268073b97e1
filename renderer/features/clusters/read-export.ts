import { HoldfastError } from '../../../shared/errors/error.ts';
import { type ClusterExport, clusterExport } from '../../../shared/model/cluster-export.ts';

/** What a file of exported clusters holds. @throws HoldfastError `general.invalid-input` when it is none */
export function readExport(what: string, text: string): ClusterExport {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new HoldfastError('general.invalid-input', { what, problem: 'it is not JSON' }, error);
  }
  const found = clusterExport.safeParse(document);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new HoldfastError('general.invalid-input', {
    what,
    problem: `${place}${issue?.message ?? 'it does not fit'}`,
  });
}
