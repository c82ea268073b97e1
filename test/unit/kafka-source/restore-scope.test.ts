import { describe, expect, it } from 'vitest';
import { restoreScope } from '../../../main/sources/kafka/restore/scope.ts';
import { kafkaSelection } from '../../../main/sources/kafka/selection.ts';

const everything = kafkaSelection.parse({});

function scope(...select: string[]) {
  return restoreScope(everything, { select, mode: 'equal' });
}

describe('patterns of a restore', () => {
  it('take what they match and everything below', () => {
    const { covers } = scope('topics/orders-*', 'groups/billing', 'groups/audit/orders');
    expect(covers(['topics', 'orders-1'])).toBe(true);
    expect(covers(['topics', 'payments'])).toBe(false);
    expect(covers(['groups', 'billing'])).toBe(true);
    expect(covers(['groups', 'billing', 'orders'])).toBe(true);
    expect(covers(['groups', 'audit'])).toBe(false);
    expect(covers(['groups', 'audit', 'orders'])).toBe(true);
    expect(covers(['groups', 'audit', 'payments'])).toBe(false);
    expect(covers(['acls', 'TOPIC'])).toBe(false);
  });

  it('have a slash or a star that belongs to a name quoted', () => {
    const { covers, affected } = scope('groups/team a\\/b', 'acls/TOPIC/LITERAL/\\*');
    expect(covers(['groups', 'team a/b', 'orders'])).toBe(true);
    expect(covers(['groups', 'team a'])).toBe(false);
    const acl = (name: string) => ['acls', 'TOPIC', 'LITERAL', name, 'User:a', '*', 'READ', 'ALLOW'];
    expect(covers(acl('*'))).toBe(true);
    expect(covers(acl('orders'))).toBe(false);
    expect(affected.kinds).toEqual(['acls', 'groups']);
  });

  it('of none are everything that was captured', () => {
    const some = kafkaSelection.parse({ topics: ['a*'], excludeTopics: ['ab'], kinds: ['topics'] });
    const { covers, affected } = restoreScope(some, { select: [], mode: 'merge' });
    expect(affected).toEqual(some);
    expect(covers(['topics', 'aa'])).toBe(true);
    expect(covers(['topics', 'ab'])).toBe(false);
    expect(covers(['groups', 'a'])).toBe(false);
  });

  it('tell what the undo point has to hold', () => {
    expect(scope('topics/orders').affected).toMatchObject({ kinds: ['topics'], topics: ['orders'] });
    expect(scope('topics/orders', 'topics').affected).toMatchObject({ kinds: ['topics'], topics: [] });
    expect(scope('groups/g/t').affected).toMatchObject({ kinds: ['groups'], groups: ['g'] });
    expect(scope('*').affected.kinds).toEqual(everything.kinds);
  });

  it.each([
    ['a kind that there is not', 'topic/orders'],
    ['nothing', ''],
    ['a lone backslash', 'topics/a\\'],
  ])('of %s are refused', (_, pattern) => {
    expect(() => scope(pattern)).toThrow(expect.objectContaining({ code: 'general.invalid-input' }));
  });
});

it('nothing of a Kafka is put under another name', () => {
  expect(() => restoreScope(everything, { select: [], mode: 'equal', into: 'topics/copy' })).toThrow(
    expect.objectContaining({ code: 'general.invalid-input' }),
  );
});
