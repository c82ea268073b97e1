import { EPHEMERAL } from './content.ts';
import type { Reason } from './notes.ts';

export const UNREADABLE: Reason = {
  code: 'unreadable-left-alone',
  fidelity: 'operator',
  text: 'the account may not read the live node, so it and all below it are left as they are',
};

export const UNSEEN: Reason = {
  code: 'unseen-left-alone',
  fidelity: 'operator',
  text: 'the capture could not look at it: it and what is below it is not removed though the point does not have it',
};

export const EPHEMERAL_NOT_RESTORED: Reason = {
  code: 'ephemeral-not-restored',
  fidelity: 'operator',
  text: 'an ephemeral node belongs to the session of a running program, which makes it again',
  kind: EPHEMERAL,
};

export const EPHEMERAL_STAYS: Reason = {
  code: 'ephemeral-stays',
  fidelity: 'operator',
  text: 'a running program holds this ephemeral node: it is not removed',
  kind: EPHEMERAL,
};

export const EPHEMERAL_IN_THE_WAY: Reason = {
  code: 'ephemeral-in-the-way',
  fidelity: 'operator',
  text: 'a running program holds an ephemeral node where a persistent one belongs',
  kind: EPHEMERAL,
};

export const PARENT_STAYS: Reason = {
  code: 'parent-stays',
  fidelity: 'operator',
  text: 'it is not in the point but is kept, as something below it stays',
};

export const PARENT_MADE: Reason = {
  code: 'parent-made',
  fidelity: 'equivalent',
  text: 'the point does not have it: it is made without data and with the ACL of the node above it',
};

export const ACL_MASKED: Reason = {
  code: 'acl-masked',
  fidelity: 'operator',
  text: 'password hashes of its ACL were hidden from the capture: set the ACL by hand; entries without a hash are kept',
};

export const LOCKED_OUT: Reason = {
  code: 'acl-locks-out',
  fidelity: 'operator',
  text: 'its ACL would not let this account work below it: sign in with an identity (any digest user and password will do)',
};

export const COUNTER_TOO_FAR: Reason = {
  code: 'counter-not-raised',
  fidelity: 'operator',
  text: 'its sequence counter is further behind than the limit for raising it: new sequential names may repeat old ones',
};
