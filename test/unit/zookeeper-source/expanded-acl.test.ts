import { describe, expect, it } from 'vitest';
import { type Acl, creatorAllAcl, Perms } from '../../../main/protocols/zookeeper/index.ts';
import { isMadeFrom } from '../../../main/sources/zookeeper/acl.ts';

const readers: Acl = { perms: Perms.read, scheme: 'world', id: 'anyone' };
const alice: Acl = { perms: Perms.all, scheme: 'digest', id: 'alice:x2a=' };
const both: readonly Acl[] = [alice, { ...alice, scheme: 'sasl', id: 'alice' }];

describe('an ACL that the servers made from the one they were given', () => {
  it.each<[string, readonly Acl[], readonly Acl[], boolean]>([
    ['as it was given', [readers, alice], [readers, alice], true],
    ['in another order', [readers, alice], [alice, readers], false],
    ['with the session in place of auth', creatorAllAcl, [alice], true],
    ['with several identities of the session', [readers, ...creatorAllAcl], [readers, ...both], true],
    ['without what was beside auth', [readers, ...creatorAllAcl], [alice], false],
    ['with nobody in place of auth', [readers, ...creatorAllAcl], [readers], false],
    ['with more than auth may', [{ perms: Perms.read, scheme: 'auth', id: '' }], [alice], false],
    ['open to everybody', creatorAllAcl, [{ ...readers, perms: Perms.all }], false],
  ])('%s', (_, given, live, made) => {
    expect(isMadeFrom(given, live)).toBe(made);
  });
});
