import { describe, expect, test } from 'vitest';
import { findStorageDriver, storageDrivers } from '../../../main/storages/registry.ts';
import { describeFields } from '../../../shared/options/describe.ts';
import { parseOptions } from '../../../shared/options/parse.ts';

describe('storage drivers', () => {
  test('have ids of their own and options that every face can show, in both languages', () => {
    const ids = storageDrivers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const driver of storageDrivers) {
      for (const { meta } of describeFields(driver.options)) {
        expect(meta.label.en).not.toBe('');
        expect(meta.label.zh).not.toBe('');
      }
    }
  });

  test('are found by id', () => {
    expect(findStorageDriver('local').label.en).toBe('LocalDir');
    expect(() => findStorageDriver('ftp')).toThrowError(
      expect.objectContaining({ code: 'general.invalid-input' }),
    );
  });

  test('local needs an absolute directory', () => {
    const { options } = findStorageDriver('local');
    expect(parseOptions(options, { directory: '/a/b', create: 'false' }, 'storage')).toEqual({
      directory: '/a/b',
      create: false,
      groupAccess: 'none',
    });
    for (const raw of [
      {},
      { directory: 'a/b' },
      { directory: '' },
      { directory: '/a', groupAccess: 'all' },
    ]) {
      expect(() => parseOptions(options, raw, 'storage')).toThrowError(
        expect.objectContaining({ code: 'general.invalid-input' }),
      );
    }
  });
});
