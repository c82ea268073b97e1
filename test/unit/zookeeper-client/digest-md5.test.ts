import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerDigestChallenge } from '../../../main/protocols/zookeeper/digest-md5.ts';
import { isZooKeeperError } from '../../../main/protocols/zookeeper/errors.ts';

/** The exchange printed in RFC 2831, section 4. */
const rfc = {
  challenge: Buffer.from(
    'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8',
  ),
  credentials: { username: 'chris', password: 'secret' },
  uri: 'imap/elwood.innosoft.com',
  cnonce: 'OA6MHXh6VqTrRk',
  response: 'd388dad90d4bbd760a152321f2143af7',
  rspauth: Buffer.from('rspauth=ea40f60335c427b5527b84dbabcdfffd'),
};

function answer(changes: Partial<typeof rfc> = {}) {
  const { challenge, credentials, uri, cnonce } = { ...rfc, ...changes };
  return answerDigestChallenge(challenge, credentials, uri, cnonce);
}

function authFailed(run: () => unknown): boolean {
  try {
    run();
  } catch (error) {
    return isZooKeeperError(error, 'AuthFailed') && !error.message.includes(rfc.credentials.password);
  }
  return false;
}

describe('DIGEST-MD5', () => {
  it('answers the challenge of RFC 2831 as printed there', () => {
    expect(answer().response.toString()).toContain(`response=${rfc.response}`);
  });

  it('accepts the proof of RFC 2831 and no other', () => {
    expect(() => answer().verify(rfc.rspauth)).not.toThrow();
    expect(authFailed(() => answer().verify(Buffer.from(`rspauth=${rfc.response}`)))).toBe(true);
    expect(authFailed(() => answer().verify(Buffer.alloc(0)))).toBe(true);
    expect(authFailed(() => answer().verify(null))).toBe(true);
  });

  it('hashes what fits ISO 8859-1 in it, and anything else in UTF-8', () => {
    const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
    const hex = (text: string) => md5(Buffer.from(text)).toString('hex');
    const expected = (secret: Buffer) => {
      const a1 = md5(md5(secret), Buffer.from(`:OA6MG9tEQGm2hh:${rfc.cnonce}`)).toString('hex');
      return hex(`${a1}:OA6MG9tEQGm2hh:00000001:${rfc.cnonce}:auth:${hex(`AUTHENTICATE:${rfc.uri}`)}`);
    };
    const sent = (username: string, password: string) =>
      answer({ credentials: { username, password } }).response.toString();
    const realm = Buffer.from(':elwood.innosoft.com:');
    const german = Buffer.concat([Buffer.from([0xfc]), realm, Buffer.from([0xdf])]);
    expect(sent('ü', 'ß')).toContain(`response=${expected(german)}`);
    const mixed = Buffer.concat([Buffer.from('雪'), realm, Buffer.from([0xdf])]);
    expect(sent('雪', 'ß')).toContain(`response=${expected(mixed)}`);
  });

  it('escapes quotes and backslashes in what it sends', () => {
    const sent = answer({ credentials: { username: 'a"b\\c', password: 'p' } }).response.toString();
    expect(sent).toContain('username="a\\"b\\\\c"');
  });

  it.each([
    ['nothing', null],
    ['no nonce', Buffer.from('qop="auth",algorithm=md5-sess')],
    ['another algorithm', Buffer.from('nonce="x",algorithm=md5')],
    ['no plain authentication', Buffer.from('nonce="x",algorithm=md5-sess,qop="auth-conf"')],
  ])('refuses a challenge with %s', (_what, challenge) => {
    expect(authFailed(() => answerDigestChallenge(challenge, rfc.credentials, rfc.uri, rfc.cnonce))).toBe(
      true,
    );
  });
});
