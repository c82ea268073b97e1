import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { forgetOptions, openOptions, sealOptions } from '../../../main/secrets/options.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { field } from '../../../shared/options/field.ts';
import type { SecretRef } from '../../../shared/options/secrets.ts';

const label = { en: 'x', zh: 'x' };
const schema = z.object({
  host: field(z.string(), { label }),
  password: field(z.string(), { label, secret: true }),
  token: field(z.string().optional(), { label, secret: true }),
  tokens: field(z.array(z.string()).optional(), { label, secret: true }),
  pin: field(z.int().optional(), { label, secret: true }),
});

/** The part of a vault that options need. */
function fakeVault() {
  const values = new Map<string, string>();
  return {
    values,
    async put(value: string): Promise<SecretRef> {
      values.set(`id${values.size}`, value);
      return { secret: `id${values.size - 1}` };
    },
    async get({ secret }: SecretRef): Promise<string> {
      const value = values.get(secret);
      if (value === undefined) throw new HoldfastError('secrets.missing', { id: secret });
      return value;
    },
    async remove({ secret }: SecretRef): Promise<void> {
      values.delete(secret);
    },
  };
}

describe('options with secrets', () => {
  const options = { host: 'a', password: '123', tokens: ['p,q', 'r'], pin: 42 };

  test('are stored without them and come back with them, with their types', async () => {
    const vault = fakeVault();
    const stored = await sealOptions(schema, options, vault);
    expect(stored).toEqual({
      host: 'a',
      password: { secret: 'id0' },
      tokens: { secret: 'id1' },
      pin: { secret: 'id2' },
    });
    expect(await openOptions(schema, JSON.parse(JSON.stringify(stored)), vault)).toEqual(options);
  });

  test('that are sealed already keep their reference', async () => {
    const vault = fakeVault();
    const stored = await sealOptions(schema, options, vault);
    const changed = await sealOptions(schema, { ...stored, token: 'new' }, vault);
    expect(changed).toEqual({ ...stored, token: { secret: 'id3' } });
  });

  test('of a definition that is deleted are forgotten', async () => {
    const vault = fakeVault();
    const stored = await sealOptions(schema, options, vault);
    await forgetOptions(schema, stored, vault);
    expect(vault.values.size).toBe(0);
    await expect(openOptions(schema, stored, vault)).rejects.toMatchObject({ code: 'secrets.missing' });
  });
});
