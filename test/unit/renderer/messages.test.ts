import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { messages as english } from '../../../renderer/i18n/en/index.ts';
import { messages as chinese } from '../../../renderer/i18n/zh-CN/index.ts';

const RENDERER = join(import.meta.dirname, '..', '..', '..', 'renderer');
const FOLDERS = ['app', 'features', 'forms', 'ui'];

type Tree = { readonly [key: string]: string | Tree };

/** `namespace:path.to.text` → text; plural endings stay. */
function flatten(tree: Tree): Map<string, string> {
  const walk = (branch: Tree, way: readonly string[]): [string, string][] =>
    Object.entries(branch).flatMap(([key, value]): [string, string][] => {
      const path = [...way, key];
      if (typeof value !== 'string') return walk(value, path);
      const [namespace = '', ...rest] = path;
      return [[`${namespace}:${rest.join('.')}`, value]];
    });
  return new Map(walk(tree, []));
}

const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');
const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

const en = flatten(english);
const zh = flatten(chinese);

/** Every way in which a source file can name a text: written out, or with a part that is computed. */
async function usedKeys(): Promise<{ readonly written: Set<string>; readonly computed: RegExp[] }> {
  const namespaces = Object.keys(english).join('|');
  const written = new Set<string>();
  const computed: RegExp[] = [];
  for (const file of await sources()) {
    const { program } = parseSync(file, await readFile(file, 'utf8'));
    new Visitor({
      Literal: ({ value }) => {
        if (typeof value === 'string' && new RegExp(`^(${namespaces}):[\\w.]+$`).test(value))
          written.add(value);
      },
      TemplateLiteral: ({ quasis }) => {
        const parts = quasis.map(({ value }) => value.raw.replaceAll('.', '\\.'));
        if (new RegExp(`^(${namespaces}):`).test(parts[0] ?? ''))
          computed.push(new RegExp(`^${parts.join('\\w+')}$`));
      },
    }).visit(program);
  }
  return { written, computed };
}

async function sources(): Promise<string[]> {
  const lists = await Promise.all(
    FOLDERS.map(async (folder) => {
      const names = await readdir(join(RENDERER, folder), { recursive: true });
      return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(RENDERER, folder, name));
    }),
  );
  return lists.flat();
}

describe('texts of the screens', () => {
  test('every text is there in both languages, and nothing more', () => {
    expect(keysOf(zh)).toEqual(keysOf(en));
  });

  test('texts with plurals have every form that their language knows', () => {
    const plural = [...en.keys()].filter((key) => key.endsWith('_one')).map(withoutPlural);
    expect(plural.length).toBeGreaterThan(0);
    expect(plural.filter((key) => !en.has(`${key}_other`) || !zh.has(`${key}_other`))).toEqual([]);
  });

  test('a text says the same things in both languages', () => {
    const differing = keysOf(en).filter((key) => {
      const [left, right] = [en, zh].map((texts) =>
        placeholders(texts.get(key) ?? texts.get(`${key}_other`) ?? '')
          .filter((name) => name !== 'count')
          .sort()
          .join(),
      );
      return left !== right;
    });
    expect(differing).toEqual([]);
  });

  test('no text is empty', () => {
    expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('what screens use is there, and what is there is used', async () => {
    const { written, computed } = await usedKeys();
    const known = keysOf(en);
    expect([...written].filter((key) => !known.includes(key))).toEqual([]);
    expect(computed.filter((pattern) => !known.some((key) => pattern.test(key)))).toEqual([]);
    const unused = known.filter((key) => !written.has(key) && !computed.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});
