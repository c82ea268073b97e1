import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type ArchiveSecret,
  openArchive,
  openChain,
  parseKeyFile,
  type RecordView,
  verifyArchive,
} from '../../../main/archive/index.ts';
import { isTombstone } from '../../../shared/model/entry.ts';
import { collect, MemorySource } from '../../unit/archive/support/archives.ts';

const root = new URL('../../fixtures/', import.meta.url);
const versions = readdirSync(root).filter((name) => /^\d+\.\d+$/.test(name));

function text(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

function source(path: string): MemorySource {
  return new MemorySource(readFileSync(new URL(`${path}.tar.gz`, root)));
}

/** The logical content in the form of the expectations: one object a line, blobs by the hash of their bytes. */
async function contentOf(view: RecordView): Promise<string> {
  let lines = '';
  for await (const batch of view.entries()) {
    for (const line of batch) {
      if (isTombstone(line)) throw new Error('a tombstone came out');
      const { key: k, kind: t, content: c, observed: o } = line;
      const blobs: Record<string, string> = {};
      for (const sha256 of Object.keys(line.blobs ?? {})) {
        await collect(view.blob(line, sha256));
        blobs[sha256] = sha256;
      }
      lines += `${JSON.stringify(line.blobs === undefined ? { k, t, c, o } : { k, t, c, o, blobs })}\n`;
    }
  }
  return lines;
}

const singles: readonly { name: string; keys: (version: string) => readonly ArchiveSecret[] }[] = [
  { name: 'plain', keys: () => [] },
  { name: 'empty', keys: () => [] },
  { name: 'signed', keys: () => [] },
  {
    name: 'encrypted',
    keys: (version) => [{ type: 'key', key: parseKeyFile(text(`${version}/encrypted.key`)) }],
  },
  {
    name: 'encrypted',
    keys: (version) => [
      { type: 'passphrase', passphrase: text(`${version}/encrypted.passphrase`).trimEnd() },
    ],
  },
];

it('there are fixtures of the format that is written today', () => {
  expect(versions).toContain('1.0');
});

describe.each(versions)('fixtures of format %s', (version) => {
  it.each(singles)('$name reads and verifies', async ({ name, keys }) => {
    const path = `${version}/${name}`;
    const secrets = keys(version);
    const reader = await openArchive(source(path), { keys: secrets });
    expect(await contentOf(reader)).toBe(text(`${path}.expected.ndjson`));
    const report = await verifyArchive(source(path), { level: 'content', keys: secrets });
    expect(report.findings.map(({ error }) => error.message)).toEqual([]);
  });

  it('every prefix of the chain reads as what was captured then', async () => {
    const archives = [];
    for (const depth of [0, 1, 2]) {
      archives.push(await openArchive(source(`${version}/chain-${depth}`)));
      const expected = text(`${version}/chain-${depth}.expected.ndjson`);
      expect(await contentOf(openChain(archives))).toBe(expected);
    }
  });

  it('the signed one names its signer', async () => {
    const requireSigner = text(`${version}/signed.signer`).trim();
    const reader = await openArchive(source(`${version}/signed`), { requireSigner });
    expect(reader.signature).toEqual({ signed: true, signer: requireSigner });
  });
});
