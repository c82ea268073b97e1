import { execFileSync } from 'node:child_process';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketInPath } from '../../../main/storages/obs/addressing.ts';
import { classify } from '../../../main/storages/obs/classify.ts';
import { Keys } from '../../../main/storages/obs/keys.ts';
import { obsOptions } from '../../../main/storages/obs/options.ts';
import { inPieces } from '../../../main/storages/obs/pieces.ts';
import { pathProblem } from '../../../main/storages/path-rules.ts';
import { parseOptions } from '../../../shared/options/parse.ts';
import { all, someBytes, stream } from '../../storages/bytes.ts';

const component = fc.oneof(
  fc.constantFrom(
    '.holdfast-obs',
    '.holdfast-obs=',
    '.holdfast-obs==',
    '.holdfast-obsidian',
    'a+b',
    '%2F',
    'ä',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
);
const path = fc
  .array(component, { minLength: 1, maxLength: 4 })
  .map((components) => components.join('/'))
  .filter((joined) => pathProblem(joined) === undefined);
const prefix = fc.oneof(fc.constant(''), path);

describe('keys', () => {
  test('give back every path, differ where paths differ, and are never the driver’s own', () => {
    fc.assert(
      fc.property(prefix, path, path, (root, one, other) => {
        const keys = new Keys(root);
        expect(keys.pathOf(keys.of(one))).toBe(one);
        expect(keys.of(one) === keys.of(other)).toBe(one === other);
        expect(keys.of(one).startsWith(keys.own)).toBe(false);
        const [directory = '', ...rest] = one.split('/');
        if (rest.length > 0) expect(keys.of(one).startsWith(keys.within(directory))).toBe(true);
      }),
    );
  });

  test('of others are paths when they can be', () => {
    const keys = new Keys('a/b');
    expect(keys.pathOf('a/b/c')).toBe('c');
    for (const key of [
      'a/b/',
      'a/b',
      'a/bc',
      'c',
      'a/b//c',
      'a/b/c/',
      'a/b/../c',
      'a/b/.holdfast-obs/probe',
    ]) {
      expect(keys.pathOf(key), key).toBeUndefined();
    }
  });
});

test('a stream is cut into full pieces, of which the last knows that it is', async () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(lengths, async (sizes) => {
      const chunks = sizes.map((size, at) => someBytes(size, at + 1));
      const pieces = await all(inPieces(stream(...chunks), 10));
      const whole = Buffer.concat(chunks);
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(whole)).toBe(true);
      expect(pieces.map(({ last }) => last)).toEqual(pieces.map((_, at) => at === pieces.length - 1));
      expect(pieces).toHaveLength(Math.max(1, Math.ceil(whole.length / 10)));
      for (const { bytes, last } of pieces) if (!last) expect(bytes).toHaveLength(10);
    }),
  );
});

test.each([
  ['auto', 'https://obs.cn-north-4.example.com', 'bucket', false],
  ['auto', undefined, 'bucket', false],
  ['auto', 'https://s3.example.com', 'dotted.bucket', true],
  ['auto', 'http://10.0.0.1:9000', 'bucket', true],
  ['auto', 'http://[::1]:9000', 'bucket', true],
  ['auto', 'http://localhost:9000', 'bucket', true],
  ['auto', 'http://minio:9000', 'bucket', true],
  ['virtual', 'http://10.0.0.1', 'dotted.bucket', false],
  ['path', 'https://s3.example.com', 'bucket', true],
] as const)('addressing %s at %s with %s: in the path is %s', (addressing, endpoint, bucket, inPath) => {
  expect(bucketInPath({ addressing, endpoint, bucket })).toBe(inPath);
});

describe('errors', () => {
  const surroundings = { bucket: 'b', endpoint: 'http://e', secrets: ['top-secret', 'token'] };
  const answer = (name: string, status: number, message = '') =>
    Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
  const onTheWay = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

  test.each([
    [answer('SlowDown', 503), 'storage.unreachable'],
    [answer('SomethingNew', 503), 'storage.unreachable'],
    [answer('InternalError', 500), 'storage.failed'],
    [answer('AccessDenied', 403), 'storage.denied'],
    [answer('403', 403), 'storage.denied'],
    [answer('QuotaExceeded', 403), 'storage.full'],
    [answer('InsufficientStorage', 507), 'storage.full'],
    [answer('EntityTooLarge', 400), 'storage.too-large'],
    [answer('ExpiredToken', 400), 'storage.sign-in-failed'],
    [answer('PermanentRedirect', 301), 'storage.wrong-region'],
    [answer('ConditionalRequestConflict', 409), 'storage.failed'],
    [answer('NotImplemented', 501), 'storage.breaks-contract'],
    [answer('SyntaxError', 200), 'storage.breaks-contract'],
    [onTheWay('ECONNRESET'), 'storage.unreachable'],
    [onTheWay('ENOTFOUND'), 'storage.unreachable'],
    [onTheWay('ENETDOWN'), 'storage.unreachable'],
    [onTheWay('EMFILE'), 'storage.unreachable'],
    [onTheWay('HPE_INVALID_CONSTANT'), 'storage.unreachable'],
    [onTheWay('ESOMETHINGNEW'), 'storage.unreachable'],
    [new Error('without any code'), 'storage.unreachable'],
    [onTheWay('CERT_HAS_EXPIRED'), 'storage.untrusted'],
    [onTheWay('ERR_TLS_CERT_ALTNAME_INVALID'), 'storage.untrusted'],
  ])('%o is %s', (error, code) => {
    expect(classify(error, 'o', surroundings)).toMatchObject({ code });
  });

  test('that are not of the service or the network stay what they are', () => {
    const own = new TypeError('a defect');
    expect(classify(own, 'o', surroundings)).toBe(own);
  });

  test('carry nothing that was sent: neither the secrets nor the SDK’s error', () => {
    const error = Object.assign(answer('SignatureDoesNotMatch', 403, 'signed with top-secret and token'), {
      StringToSign: 'x-amz-security-token:token',
    });
    const classified = classify(error, 'o', surroundings) as Error;
    expect(classified.message).toContain('signed with *** and ***');
    expect(classified.cause).not.toBe(error);
    expect(JSON.stringify(Object.entries(classified.cause as object))).not.toContain('token');
    const raw = Object.assign(onTheWay('ESOMETHINGNEW'), { request: 'signed with top-secret' });
    expect(inspect(classify(raw, 'o', surroundings), { depth: 9 })).not.toContain('top-secret');
  });
});

describe('options', () => {
  const enough = { bucket: 'bucket', accessKey: 'a', secretKey: 'the secret' };
  const parse = (more: object) => parseOptions(obsOptions, { ...enough, ...more }, 'storage');

  test('need a bucket and an account, and have defaults for the rest', () => {
    expect(parse({})).toEqual({
      ...enough,
      region: 'us-east-1',
      addressing: 'auto',
      conditionalPut: true,
      partSize: 8,
      parallelParts: 4,
      connectTimeout: 10,
      silenceTimeout: 60,
    });
  });

  test.each([
    { endpoint: 's3.example.com' },
    { endpoint: 'ftp://s3.example.com' },
    { endpoint: 'https://user:password@s3.example.com' },
    { endpoint: 'https://s3.example.com/path' },
    { prefix: '/a' },
    { prefix: 'a/' },
    { prefix: 'a/../b' },
    { bucket: 'a/b' },
    { secretKey: '' },
    { partSize: '4' },
  ])('%o is refused', (wrong) => {
    expect(() => parse(wrong)).toThrowError(expect.objectContaining({ code: 'general.invalid-input' }));
  });
});

test('the SDK is loaded by nobody who does not connect to a bucket', () => {
  const registry = new URL('../../../main/storages/registry.ts', import.meta.url).href;
  const script = `
    import { createRequire } from 'node:module';
    await import(${JSON.stringify(registry)});
    const loaded = Object.keys(createRequire(${JSON.stringify(registry)}).cache);
    console.log(loaded.filter((file) => file.includes('@aws-sdk')).length);`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(printed.trim()).toBe('0');
});
