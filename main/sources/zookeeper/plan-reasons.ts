import { EPHEMERAL, ZNODE } from './content.ts';
import type { Reason } from './notes.ts';

export const UNREADABLE: Reason = {
  code: 'unreadable-left-alone',
  fidelity: 'operator',
  kind: ZNODE,
};

export const UNSEEN: Reason = {
  code: 'unseen-left-alone',
  fidelity: 'operator',
  kind: ZNODE,
};

export const EPHEMERAL_NOT_RESTORED: Reason = {
  code: 'ephemeral-not-restored',
  fidelity: 'operator',
  kind: EPHEMERAL,
};

export const EPHEMERAL_STAYS: Reason = {
  code: 'ephemeral-stays',
  fidelity: 'operator',
  kind: EPHEMERAL,
};

export const EPHEMERAL_IN_THE_WAY: Reason = {
  code: 'ephemeral-in-the-way',
  fidelity: 'operator',
  kind: EPHEMERAL,
};

export const PARENT_STAYS: Reason = {
  code: 'parent-stays',
  fidelity: 'operator',
  kind: ZNODE,
};

export const PARENT_MADE: Reason = {
  code: 'parent-made',
  fidelity: 'equivalent',
  kind: ZNODE,
};

export const ACL_MASKED: Reason = {
  code: 'acl-masked',
  fidelity: 'operator',
  kind: ZNODE,
};

export const LOCKED_OUT: Reason = {
  code: 'acl-locks-out',
  fidelity: 'operator',
  kind: ZNODE,
};

export const COUNTER_TOO_FAR: Reason = {
  code: 'counter-not-raised',
  fidelity: 'operator',
  kind: ZNODE,
};
