import { expect, it } from 'vitest';
import { z } from 'zod';
import { field } from '../../../shared/options/field.ts';
import { parseOptions } from '../../../shared/options/parse.ts';

const label = { en: 'Directory', zh: '目录' };
const schema = z.object({
  directory: field(z.string(), { label }),
  depth: field(z.int().default(3), { label }),
  owner: field(z.string().optional(), { label }),
});

it('an option that has no default is asked for by its name', () => {
  expect(() => parseOptions(schema, { depth: '2' }, 'disk')).toThrow(
    'disk: directory is not valid: it is needed',
  );
  expect(parseOptions(schema, { directory: '/a' }, 'disk')).toEqual({ directory: '/a', depth: 3 });
});
