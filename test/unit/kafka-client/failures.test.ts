import { AuthenticationError, NetworkError, ProtocolError, TimeoutError } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../main/protocols/kafka/byte-reader.ts';
import { KafkaError } from '../../../main/protocols/kafka/errors.ts';
import { protocolError, translated } from '../../../main/protocols/kafka/failure.ts';
import { aclOperations } from '../../../main/protocols/kafka/words.ts';

const node = (code: string, message = code) => Object.assign(new Error(message), { code });
const wrapped = (cause: Error) => new NetworkError('Connection to x:1 failed.', { cause });

describe('the library’s failures, however deep their cause', () => {
  it.each([
    [
      'a refused connection',
      wrapped(node('ECONNREFUSED', 'connect ECONNREFUSED')),
      'Unreachable',
      /ECONNREFUSED/,
    ],
    [
      'an expired certificate',
      wrapped(node('CERT_HAS_EXPIRED', 'certificate has expired')),
      'TlsFailed',
      /expired/,
    ],
    [
      'a refused client certificate',
      new NetworkError('Connection error', {
        cause: node('ERR_SSL_TLSV1_ALERT_CERTIFICATE_EXPIRED', 'alert'),
      }),
      'TlsFailed',
      /alert/,
    ],
    [
      'a wrong password, four causes down',
      wrapped(
        new AuthenticationError('SASL authentication failed.', {
          cause: new AggregateError(
            [new ProtocolError('SASL_AUTHENTICATION_FAILED', 'no such user')],
            'failed',
          ),
        }),
      ),
      'SignInFailed',
      /no such user/,
    ],
    ['silence', new TimeoutError('Request timed out'), 'TimedOut', /timed out/],
    ['anything else', new RangeError('out of bounds'), 'ProtocolError', /out of bounds/],
  ] as const)('%s', (_what, error, code, message) => {
    const failure = translated(error, { subject: 'x:1' });
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.message).toMatch(/^x:1/);
  });

  it('an error of ours stays what it is', () => {
    const error = new KafkaError('Closed');
    expect(translated(error, {})).toBe(error);
  });
});

it('codes of the protocol go by Kafka’s names, unknown ones by their number', () => {
  expect(protocolError(0)).toBeUndefined();
  expect(protocolError(36)?.code).toBe('TOPIC_ALREADY_EXISTS');
  expect(protocolError(9999)?.code).toBe('ERROR_9999');
});

it('words go both ways, and numbers without a word stay themselves', () => {
  expect(aclOperations.word(10)).toBe('DESCRIBE_CONFIGS');
  expect(aclOperations.number('DESCRIBE_CONFIGS')).toBe(10);
  expect(aclOperations.number(aclOperations.word(77))).toBe(77);
  expect(() => aclOperations.number('EAT')).toThrow(RangeError);
});

describe('reading bytes', () => {
  it('ids of topics are written as Kafka writes them', () => {
    const reader = new ByteReader(Buffer.from('00000000000000000000000000000001', 'hex'));
    expect(reader.id()).toBe('AAAAAAAAAAAAAAAAAAAAAQ');
  });

  it('strings can be passed over and read later', () => {
    const reader = new ByteReader(Buffer.from([3, 0x68, 0x69, 0, 1, 7]));
    const mark = reader.mark();
    reader.skipString();
    expect(reader.nullableString()).toBeNull();
    expect(reader.string()).toBe('');
    expect(reader.stringAt(mark)).toBe('hi');
    expect(reader.int8()).toBe(7);
  });

  it('nothing is read beyond the end', () => {
    expect(() => new ByteReader(Buffer.from([9, 0x68])).string()).toThrow(RangeError);
    expect(() => new ByteReader(Buffer.alloc(6, 0xff)).string()).toThrow('too long');
    expect(() => new ByteReader(Buffer.alloc(3)).int32()).toThrow(RangeError);
  });
});
