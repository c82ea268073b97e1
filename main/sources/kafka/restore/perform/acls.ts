import type { AclBinding } from '../../../../protocols/kafka/index.ts';
import { aclOfKey } from '../../keys.ts';
import type { Perform, Task } from './task.ts';

export const createAcls: Perform = (tasks, { access, signal }) =>
  access.client.createAcls(tasks.map(bindingOf), { signal });

export const deleteAcls: Perform = (tasks, { access, signal }) =>
  access.client.deleteAcls(tasks.map(bindingOf), { signal });

function bindingOf({ step }: Task): AclBinding {
  const acl = aclOfKey(step.key);
  if (acl === undefined) throw new RangeError(`the key names no ACL: ${step.key.join('/')}`);
  return acl;
}
