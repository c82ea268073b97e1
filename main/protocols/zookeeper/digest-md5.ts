import { createHash } from 'node:crypto';
import { ZooKeeperError } from './errors.ts';
import type { SaslCredentials } from './types.ts';

const nonceCount = '00000001';
const largestBuffer = 65_536;

/** Our answer to a challenge, and what proves that the server knows the password too. */
export interface DigestAnswer {
  readonly response: Buffer;
  /** Throws `AuthFailed` unless `last`, the server's last token, holds the right `rspauth`. */
  verify(last: Buffer | null): void;
}

/**
 * Client side of SASL DIGEST-MD5, RFC 2831, with quality of protection `auth`.
 * `challenge` is the server's first token; `digestUri` is the service as `type/host`; `cnonce` is fresh
 * randomness, as text.
 * Throws `AuthFailed` for a challenge that cannot be answered. No error holds a secret.
 */
export function answerDigestChallenge(
  challenge: Buffer | null,
  { username, password }: SaslCredentials,
  digestUri: string,
  cnonce: string,
): DigestAnswer {
  const fields = parseDirectives(challenge?.toString('utf8') ?? '');
  const nonce = fields.get('nonce');
  const qop = fields.get('qop') ?? 'auth';
  if (nonce === undefined) throw refused('the challenge of the server holds no nonce');
  if (fields.get('algorithm') !== 'md5-sess')
    throw refused('the server asks for an algorithm other than md5-sess');
  if (!qop.split(/[\s,]+/).includes('auth'))
    throw refused('the server does not offer quality of protection "auth"');
  const realm = fields.get('realm') ?? '';

  const secret = md5(joined(username, ':', realm, ':', password));
  const a1 = md5(Buffer.concat([secret, Buffer.from(`:${nonce}:${cnonce}`)])).toString('hex');
  const proof = (a2: string): string =>
    md5(
      Buffer.from(`${a1}:${nonce}:${nonceCount}:${cnonce}:auth:${md5(Buffer.from(a2)).toString('hex')}`),
    ).toString('hex');

  const directives = [
    'charset=utf-8',
    `username="${escaped(username)}"`,
    `realm="${escaped(realm)}"`,
    `nonce="${escaped(nonce)}"`,
    `nc=${nonceCount}`,
    `cnonce="${cnonce}"`,
    `digest-uri="${digestUri}"`,
    `maxbuf=${largestBuffer}`,
    `response=${proof(`AUTHENTICATE:${digestUri}`)}`,
    'qop=auth',
  ];
  return {
    response: Buffer.from(directives.join(','), 'utf8'),
    verify(last) {
      const rspauth = parseDirectives(last?.toString('utf8') ?? '').get('rspauth');
      if (rspauth !== proof(`:${digestUri}`))
        throw refused('the server did not prove that it knows the password');
    },
  };
}

/** `key=value,key="quoted \" value"`; of a repeated key the first counts. */
function parseDirectives(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const match of text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g)) {
    const [, key = '', quoted, bare = ''] = match;
    if (!fields.has(key)) fields.set(key, quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'));
  }
  return fields;
}

/** RFC 2831, 2.1.2.1: a part that fits ISO 8859-1 is hashed in it, any other in UTF-8. */
function joined(...parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.map((part) => Buffer.from(part, /^[^\u0100-\uffff]*$/.test(part) ? 'latin1' : 'utf8')),
  );
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}

function refused(message: string): ZooKeeperError {
  return new ZooKeeperError('AuthFailed', { op: 'sasl', message });
}
