import type { AccessRule } from '../../../shared/model/access.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { Perms } from '../../protocols/zookeeper/index.ts';
import { znodeContent } from './content.ts';

const OPERATIONS = ['read', 'write', 'create', 'delete', 'admin'] as const;

/** A node's ACL. What follows the user in a digest is a hash, which tells nobody who may do what. */
export function accessOf(entry: Entry): readonly AccessRule[] {
  return znodeContent(entry).acl.map(({ perms, scheme, id }) => ({
    effect: 'allow',
    scheme,
    who: scheme === 'digest' ? id.replace(/:.*$/s, '') : id,
    operations: OPERATIONS.filter((operation) => (perms & Perms[operation]) !== 0),
  }));
}
