import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tunnelSettings } from '../../../main/engine/tunnel/settings.ts';
import { fingerprintOf, judgeHostKey, keyTypeOf } from '../../../main/protocols/ssh/fingerprint.ts';
import { tunnelOptions, tunnelText } from '../../../shared/model/tunnel.ts';

// From an OpenSSH host; the fingerprint is what ssh-keygen -l printed for it.
const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIINMvzVsxsMGN0/0SsdrmCsGcjChNUDNgVEjF9Ik4JTE';

const keys = fc.uint8Array({ minLength: 1, maxLength: 80 });
const options = { host: 'bastion', user: 'ops', auth: 'agent' };

describe('the fingerprint of a host key', () => {
  it('is what ssh-keygen prints, with the type that the key names', () => {
    const key = Buffer.from(KEY, 'base64');
    expect(fingerprintOf(key)).toBe('SHA256:Y2q5OrAyxPn3gWJwFUjresM55j5kQZn1/axJie67nPs');
    expect(keyTypeOf(key)).toBe('ssh-ed25519');
  });

  it('is always one that can be accepted', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const hostKey = fingerprintOf(key);
        expect(tunnelOptions.parse({ host: 'h', user: 'u', hostKey }).hostKey).toBe(hostKey);
      }),
    );
  });

  it('is nothing where bytes are no key', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => keyTypeOf(bytes).length <= 4));
    expect(keyTypeOf(Buffer.from([0, 0, 0, 9, 1]))).toBe('');
  });
});

describe('a host key', () => {
  it('is accepted exactly if its fingerprint was', () => {
    fc.assert(
      fc.property(
        fc.array(keys, { maxLength: 4 }),
        keys,
        fc.constantFrom(',', ', ', ' , '),
        (known, shown, comma) => {
          const fingerprints = known.map(fingerprintOf);
          const hostKey = fingerprints.length === 0 ? {} : { hostKey: fingerprints.join(comma) };
          const { hostKeys } = tunnelSettings({ ...options, ...hostKey }, undefined);
          expect(hostKeys).toEqual(fingerprints);
          const isKnown = known.some((key) => Buffer.from(key).equals(Buffer.from(shown)));
          const other = known.length === 0 ? 'unknown' : 'changed';
          expect(judgeHostKey(hostKeys, fingerprintOf(shown))).toBe(isKnown ? 'accepted' : other);
        },
      ),
    );
  });

  it('is a whole fingerprint or refused', () => {
    const whole = fingerprintOf(Buffer.from('key'));
    for (const hostKey of [whole.slice(0, -1), `${whole}=`, 'SHA256:', 'MD5:00:11', `${whole},`, ''])
      expect(() => tunnelSettings({ ...options, hostKey }, undefined), hostKey).toThrow('hostKey');
  });
});

describe('the settings of a tunnel', () => {
  it('need what their way of signing in needs', () => {
    for (const auth of ['key', 'password'])
      expect(() => tunnelSettings({ ...options, auth }, '/agent'), auth).toThrow('is needed');
    expect(tunnelSettings(options, '/agent').signIn).toEqual({ by: 'agent', socket: '/agent' });
  });

  it('are told as people write them', () => {
    expect(tunnelText({ host: 'bastion', user: 'ops', port: 22 })).toBe('ops@bastion');
    expect(tunnelText({ host: 'bastion', user: 'ops', port: '2222' })).toBe('ops@bastion:2222');
    expect(tunnelText({ host: 'bastion', port: '' })).toBe('bastion');
  });
});
