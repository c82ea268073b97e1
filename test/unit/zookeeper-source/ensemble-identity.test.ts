import { describe, expect, it } from 'vitest';
import { ensembleIdentity } from '../../../main/sources/zookeeper/ensemble-identity.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';

const line = (id: number, host: string, rest = ':2888:3888:participant;0.0.0.0:2181') =>
  `server.${id}=${host}${rest}`;
const APP = 'app 4294967300 1772600000000';

/** Nothing right below the root lasts: only the other facts speak. */
function bare(facts: JsonObject = {}): JsonObject {
  return {
    members: ['zk1:2181', 'zk2:2181'],
    chroot: '/',
    zxid: '21474836500',
    pzxid: '4294967300',
    births: [],
    ...facts,
  };
}
const listed = (...members: string[]) => bare({ members });
const abc = listed(line(1, 'a'), line(2, 'b'), line(3, 'c'));
const known = bare({ births: [APP, 'etc 4294967301 1772600000100'] });

describe('an ensemble', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['its history goes on', bare(), bare({ zxid: '99999999999' })],
    [
      'its root was changed since',
      known,
      bare({ zxid: '21474836600', pzxid: '21474836501', births: ['new 21474836501 1772700000000'] }),
    ],
    ['everything below its root was deleted', known, bare({ zxid: '21474836600', pzxid: '21474836600' })],
    ['one old node is there, whatever else', known, bare({ zxid: '9', pzxid: '8', births: ['a 1 2', APP] })],
    ['all but one member were replaced', abc, listed(line(3, 'c'), line(4, 'd'), line(5, 'e'))],
    [
      'a member has another role and client address',
      listed(line(1, 'a')),
      listed(line(1, 'a', ':2888:3888:observer;10.0.0.1:2182')),
    ],
    ['a member has another number', listed(line(1, 'a')), listed(line(7, 'a'))],
    [
      'a member listens at several addresses',
      listed(line(1, 'a')),
      listed(line(1, 'x:2888:3888|a', ':2888:3888;2181')),
    ],
    ['its connect string is written otherwise', bare(), listed('10.0.0.1:2181')],
    ['it was standalone and has become an ensemble', bare(), abc],
    ['nothing was known of it', {}, abc],
    ['what was known is of another form', { ensemble: ['zk1'] }, abc],
  ])('is the same when %s', (_, before, now) => {
    expect(ensembleIdentity.differs(before, now)).toBe(false);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['no member is left', abc, listed(line(1, 'x'), line(2, 'y'), line(3, 'z'))],
    [
      'a member’s host has another quorum port',
      listed(line(1, 'a')),
      listed(line(1, 'a', ':2999:3888;2181')),
    ],
    ['its history is shorter', known, bare({ zxid: '21474836499' })],
    ['a shorter number is meant, not a smaller text', known, bare({ zxid: '9' })],
    ['it is empty, however long it has been running', known, bare({ zxid: '99999999999', pzxid: '0' })],
    [
      'its nodes were made early, and not by those who made the known ones',
      known,
      bare({ zxid: '99999999999', pzxid: '4294967310', births: ['app 4294967300 1772999999999'] }),
    ],
    ['another path is the root', known, { ...known, chroot: '/kafka' }],
  ])('is another one when %s', (_, before, now) => {
    expect(ensembleIdentity.differs(before, now)).toBe(true);
  });
});
