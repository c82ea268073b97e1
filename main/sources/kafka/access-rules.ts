import type { AccessRule } from '../../../shared/model/access.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { aclOfKey } from './keys.ts';

/** The rule that an entry below `acls` is; undefined for all others. */
export function accessOf({ key }: Entry): readonly AccessRule[] | undefined {
  const acl = aclOfKey(key);
  if (acl === undefined) return undefined;
  return [
    {
      effect: acl.permission.toLowerCase() === 'deny' ? 'deny' : 'allow',
      scheme: 'principal',
      who: acl.principal,
      operations: [acl.operation.toLowerCase()],
      ...(acl.host === '*' ? {} : { from: acl.host }),
      resource: { type: acl.resourceType, name: acl.resourceName, pattern: acl.patternType },
    },
  ];
}
