import { describe, expect, it } from 'vitest';
import {
  archiveFileName,
  checksumDigest,
  checksumLine,
  recogniseName,
  taskDirectoryName,
} from '../../../main/archive/index.ts';

const time = new Date('2024-02-29T23:05:09.999Z');

describe('names of archives', () => {
  it.each([
    [{ version: '3.9.4', dataSource: 'ZooKeeper', time }, '3.9.4_ZooKeeper_20240229230509.tar.gz'],
    [{ version: null, dataSource: 'Kafka-blue', time }, '0_Kafka-blue_20240229230509.tar.gz'],
    [{ version: '1.0', dataSource: 'Kafka', time, copy: 2 }, '1.0_Kafka_20240229230509-2.tar.gz'],
    [
      { version: '8_1/x', dataSource: 'Kafka-my_service', time },
      '8%5F1%2Fx_Kafka-my%5Fservice_20240229230509.tar.gz',
    ],
    [{ version: '../..', dataSource: 'K', time }, '%2E.%2F.._K_20240229230509.tar.gz'],
    [{ version: 'aux.1', dataSource: 'K', time }, '%61ux.1_K_20240229230509.tar.gz'],
    [{ version: '1', dataSource: '卡夫卡', time }, '1_%E5%8D%A1%E5%A4%AB%E5%8D%A1_20240229230509.tar.gz'],
  ])('%j', (facts, name) => {
    expect(archiveFileName(facts)).toBe(name);
    expect(recogniseName(name)).toEqual({
      form: 'versioned',
      version: facts.version ?? '0',
      name: facts.dataSource,
      time: new Date('2024-02-29T23:05:09Z'),
      ...('copy' in facts && { copy: facts.copy }),
    });
  });

  it.each([
    ['nightly', 'nightly_20240229230509'],
    ['my_task', 'my_task_20240229230509'],
    ['a/b c', 'a%2Fb%20c_20240229230509'],
    ['.hidden', '%2Ehidden_20240229230509'],
    ['con', '%63on_20240229230509'],
    ['CON.daily', '%43ON.daily_20240229230509'],
    ['com1.x', '%63om1.x_20240229230509'],
    ['100%', '100%25_20240229230509'],
  ])('task %j', (task, name) => {
    expect(taskDirectoryName(task, time)).toBe(name);
  });

  it('refuses a name that no file system could hold', () => {
    expect(() => taskDirectoryName('每'.repeat(30), time)).toThrow(
      expect.objectContaining({ code: 'archive.name-too-long', category: 'input' }),
    );
  });

  it('writes checksum lines as sha256sum does', () => {
    expect(checksumLine('ab', 'x.tar.gz')).toBe('ab  x.tar.gz\n');
  });

  const sha256 = 'ab'.repeat(32);
  it.each([
    [checksumLine(sha256, 'x.tar.gz'), sha256],
    [`${sha256} *x.tar.gz\r\n`, sha256],
    [`\\${sha256}  a\\nb.tar.gz\n`, sha256],
    [sha256.toUpperCase(), sha256],
    [`${sha256}ab  x.tar.gz\n`, undefined],
    [checksumLine('cd'.repeat(16), 'x.tar.gz'), undefined],
    [`x.tar.gz: ${sha256}`, undefined],
    ['', undefined],
  ])('finds the digest in the checksum file %j', (text, digest) => {
    expect(checksumDigest('sha256', text)).toBe(digest);
  });
});

describe('names of other tools', () => {
  it.each([
    [
      'OMS_20231201000000.tar.gz',
      { form: 'unversioned', name: 'OMS', time: new Date('2023-12-01T00:00:00Z') },
    ],
    [
      '8.2.0.1_LdapServer_20231201000000.tar.gz',
      { form: 'versioned', version: '8.2.0.1', name: 'LdapServer' },
    ],
    [
      'metadata-backup-1700000000000.tar.gz',
      { form: 'prefix', name: 'metadata-backup', time: new Date(1_700_000_000_000) },
    ],
    ['50%_K_20231201000000.tar.gz', { form: 'versioned', version: '50%', name: 'K' }],
  ])('%s', (name, expected) => {
    expect(recogniseName(name)).toMatchObject(expected);
  });

  it.each([
    'x.tar.gz',
    'a_20231301000000.tar.gz',
    'a_20230230000000.tar.gz',
    'a_2023.tar.gz',
    '_20231201000000.tar.gz',
    'a_20231201000000.tar',
    'a_20231201000000.tar.gz.sha256',
    '-1700000000000.tar.gz',
    'p-17.tar.gz',
    '',
  ])('%j is none', (name) => {
    expect(recogniseName(name)).toBeUndefined();
  });
});
