import { describe, expect, it } from 'vitest';
import type { AclBinding } from '../../../main/protocols/kafka/index.ts';
import { aclEntry } from '../../../main/sources/kafka/entries.ts';
import { kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { judgeAcl } from '../../../main/sources/kafka/restore/judge/acls.ts';
import type { Circumstances } from '../../../main/sources/kafka/restore/judgement.ts';
import { ownAccount } from '../../../main/sources/kafka/restore/own-account.ts';
import { phases } from '../../../main/sources/kafka/restore/phases.ts';
import { Unseen } from '../../../main/sources/kafka/restore/unseen.ts';
import { siteWith } from './restore-site.ts';

const rule: AclBinding = {
  resourceType: 'TOPIC',
  patternType: 'PREFIXED',
  resourceName: 'orders.',
  principal: 'User:app',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
};
const own = { principal: 'User:restorer' };
const ruling = { resourceType: 'CLUSTER', patternType: 'LITERAL', resourceName: 'kafka-cluster' };

function judged(side: 'wanted' | 'extra', binding: Partial<AclBinding>, same = true) {
  const circumstances = {
    mode: 'equal',
    site: siteWith({ same }),
    unseen: new Unseen({ notes: [] }),
    // Rules have nothing to do with logs.
    logs: undefined as never,
  } satisfies Circumstances;
  const entry = aclEntry({ ...rule, ...binding });
  const { steps, findings, difference } = judgeAcl(
    side === 'wanted' ? { left: entry } : { right: entry },
    circumstances,
  );
  return {
    phase: steps[0]?.phase,
    codes: findings.map(({ reason }) => reason.code),
    differs: difference !== undefined,
  };
}

function order(phase: string | undefined): number {
  return phases.findIndex(({ id }) => id === phase);
}

describe('rules', () => {
  it('that allow are set before rules that deny, and what allowed is removed last', () => {
    const allow = judged('wanted', {}).phase;
    const deny = judged('wanted', { permission: 'DENY' }).phase;
    const gone = judged('extra', {}).phase;
    expect([order(allow), order(deny), order(gone)].toSorted((a, b) => a - b)).toEqual([
      order(allow),
      order(deny),
      order(gone),
    ]);
    expect(order(gone)).toBe(phases.length - 1);
    for (const other of phases.map(({ id }) => id)) {
      if (!['allow', 'deny', 'revoke'].includes(other)) expect(order(other)).toBeLessThan(order(allow));
    }
  });

  it('for the account itself come first of all where they allow, last where they deny', () => {
    expect(order(judged('wanted', own).phase)).toBe(0);
    expect(order(judged('extra', { ...own, permission: 'DENY' }).phase)).toBe(0);
    expect(order(judged('extra', { principal: 'User:*', permission: 'DENY' }).phase)).toBe(0);
    expect(judged('wanted', { ...own, permission: 'DENY' }).phase).toBe('deny');
    expect(judged('extra', own).phase).toBe('revoke');
  });

  it.each(['ALL', 'ALTER', 'DESCRIBE'])('never take the account’s own right to %s rules', (operation) => {
    for (const principal of ['User:restorer', 'User:*']) {
      expect(judged('wanted', { ...ruling, principal, operation, permission: 'DENY' })).toEqual({
        phase: undefined,
        codes: ['own-denial-left-out'],
        differs: true,
      });
      expect(judged('extra', { ...ruling, principal, operation })).toEqual({
        phase: undefined,
        codes: ['own-grant-stays'],
        differs: true,
      });
    }
    expect(judged('wanted', { ...ruling, operation, permission: 'DENY' }).phase).toBe('deny');
    expect(judged('extra', { ...ruling, operation }).phase).toBe('revoke');
  });

  it('for a host of another site are set and named', () => {
    expect(judged('wanted', { host: '10.0.0.9' }, false)).toMatchObject({
      phase: 'allow',
      codes: ['rule-for-host'],
    });
    expect(judged('wanted', { host: '10.0.0.9' }).codes).toEqual([]);
  });
});

it('the account is known by the name that it signs in with', () => {
  const own = (options: object) => ownAccount(kafkaOptions.parse({ bootstrapServers: 'h', ...options }));
  const signIn = { user: 'a', password: 'b' };
  expect(own({})).toEqual({ principal: 'User:ANONYMOUS', scramUser: undefined });
  expect(own({ auth: 'plain', ...signIn })).toEqual({ principal: 'User:a', scramUser: undefined });
  expect(own({ auth: 'scram-sha-512', ...signIn })).toEqual({ principal: 'User:a', scramUser: 'a' });
});
