import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchiveWriter } from '../../../main/archive/index.ts';
import { BLOCK_LIMIT, CHUNK_LIMIT, PART_LIMIT } from '../../../main/archive/layout/format.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import {
  ARCHIVE_ID,
  CREATED,
  collect,
  entry,
  facts,
  gone,
  noise,
  open,
  readAll,
  write,
  writeLines,
} from './support/archives.ts';

describe('the archive writer', () => {
  it('refuses keys that do not ascend, and stores the rest', async () => {
    const written = await write(async (writer) => {
      await writer.put(entry(['b']));
      expect(() => writer.put(entry(['b']))).toThrow(
        expect.objectContaining({ code: 'archive.keys-out-of-order' }),
      );
      expect(() => writer.put(entry(['a', 'z']))).toThrow(
        expect.objectContaining({ code: 'archive.keys-out-of-order' }),
      );
      await writer.put(entry(['a']), 1);
      await writer.put(entry(['b', '']));
    });
    expect((await readAll(await open(written))).map(({ key }) => key)).toEqual([['a'], ['b'], ['b', '']]);
  });

  it('orders keys by UTF-8 bytes where UTF-16 units say otherwise', async () => {
    const keys = [['\uffee'], ['\u{1f600}']];
    const written = await writeLines([keys.map((key) => entry(key))]);
    expect((await readAll(await open(written))).map(({ key }) => key)).toEqual(keys);
    expect(['\u{1f600}', '\uffee'].sort()[0]).toBe('\u{1f600}');
  });

  it.each([
    ['half of a surrogate pair in a key', { ...entry(['\ud800']) }],
    ['the kind of tombstones', { ...entry(['a']), kind: '-' }],
    ['an empty kind', { ...entry(['a']), kind: '' }],
    ['an observation named o', entry(['a'], {}, { x: [{ o: 1 }] })],
    ['a second observation named o', entry(['a'], {}, { x: { a: 1, o: {} } })],
    [
      'a blob that was not stored',
      { ...entry(['a']), blobs: { ['0'.repeat(64)]: [[0, 1, '0'.repeat(64)] as const] } },
    ],
  ])('refuses %s', async (_what, line) => {
    await write(async (writer) => {
      expect(() => writer.put(line)).toThrow(expect.objectContaining({ code: 'archive.entry-invalid' }));
    });
  });

  it('takes an observation that only looks like a member named o', async () => {
    const line = entry(['a'], { o: { o: 1 } }, { x: ',"o":', y: '{"o":', 'o"': 1 });
    expect(await readAll(await open(await writeLines([[line]])))).toEqual([line]);
  });

  it('refuses a key beyond the limit', async () => {
    await write(async (writer) => {
      expect(() => writer.put(entry(['k'.repeat(70_000)]))).toThrow(
        expect.objectContaining({ code: 'archive.limit-exceeded' }),
      );
    });
  });

  it('cuts parts and blocks within their limits, and gives a long line blocks of its own', async () => {
    const long = (length: number): JsonObject => ({ text: noise(length).toString('base64') });
    const lines = [
      entry(['a'], long(150_000)),
      entry(['b'], long(1_900_000)),
      entry(['c'], { v: 1 }),
      entry(['d'], long(7_000_000)),
      entry(['e'], { v: 'é'.repeat(1_200_000) }),
    ];
    const written = await writeLines([lines]);
    const reader = await open(written);
    const { index } = reader.chunkSource();
    const records = (await index.page(0))
      .map(({ record }) => record)
      .filter(({ type }) => type === 'records');
    expect(records.map(({ count }) => count)).toEqual([3, 1, 1]);
    expect(records.flatMap(({ blocks }) => blocks).every(({ plain }) => plain <= BLOCK_LIMIT)).toBe(true);
    expect(records.filter(({ count, size }) => count > 1 && size > PART_LIMIT)).toEqual([]);
    expect(records[0]?.blocks.map(({ first }) => first)).toEqual([['a'], ['b'], null, ['c']]);
    expect(await readAll(reader)).toEqual(lines);
    for (const line of lines) expect(await reader.get(line.key)).toEqual(line);
  });

  it('gives the digests and the size of exactly the bytes that came out', async () => {
    const written = await writeLines([[entry(['a'])]]);
    expect(written.sha256).toBe(hash('sha256', written.bytes, 'hex'));
    expect(written.md5).toBe(hash('md5', written.bytes, 'hex'));
    expect(written.size).toBe(written.bytes.length);
    expect(gunzipSync(written.bytes).length % 512).toBe(0);
  });

  it('counts what is live when overlays replace and remove', async () => {
    const written = await writeLines([
      [entry(['a'], { v: 1 }), entry(['b'], { v: 2 }), entry(['c'], { v: 3 })],
      [entry(['a'], { v: 'longer' }), gone(['b']), gone(['x'])],
      [entry(['b'], { v: 4 }), { ...entry(['c']), kind: 'other' }],
    ]);
    expect(written.counts).toEqual({
      znode: { entries: 2, bytes: '{"v":"longer"}'.length + '{"v":4}'.length },
      other: { entries: 1, bytes: '{"v":1}'.length },
    });
    expect(written.manifest.tombstones).toBe(1);
    expect(written.manifest.generations).toBe(3);
  });

  it('stores a chunk once and finds it wherever it is referred to', async () => {
    const large = noise(CHUNK_LIMIT + 1000);
    const written = await write(async (writer) => {
      const first = await writer.blob(large);
      const again = await writer.blob(split(large, 77_777));
      const head = await writer.blob(large.subarray(0, CHUNK_LIMIT));
      const empty = await writer.blob(Buffer.alloc(0));
      expect(again).toEqual(first);
      expect(head.chunks).toEqual(first.chunks.slice(0, 1));
      expect(empty).toEqual({ name: { sha256: hash('sha256', '', 'hex'), size: 0 }, chunks: [] });
      const { sha256, size } = first.name;
      const content = { first: { sha256, size }, none: { ...empty.name } };
      const blobs = { [sha256]: first.chunks, [empty.name.sha256]: empty.chunks };
      await writer.put({ ...entry(['a'], content), blobs });
    });
    expect(written.manifest.blobs).toEqual({ chunks: 2, bytes: large.length });
    const reader = await open(written);
    const line = await reader.get(['a']);
    if (line === undefined || !('kind' in line)) throw new Error('not there');
    expect((await collect(reader.blob(line, hash('sha256', large, 'hex')))).equals(large)).toBe(true);
    expect(await collect(reader.blob(line, hash('sha256', '', 'hex')))).toHaveLength(0);
  });

  it('holds what is put back until the consumer takes it', async () => {
    const writer = openArchiveWriter({ id: ARCHIVE_ID, created: CREATED });
    let waiting: Promise<void> | undefined;
    let put = 0;
    for (; waiting === undefined; put++) {
      waiting =
        writer.put(entry([String(put).padStart(9, '0')], { v: noise(60_000, put).toString('base64') })) ??
        undefined;
      if (waiting !== undefined && (await isSettledSoon(waiting))) waiting = undefined;
    }
    expect(put * 80_000).toBeLessThan(64 * 1024 * 1024);
    const rest = collect(writer.bytes);
    await waiting;
    await writer.finish(facts());
    expect((await readAll(await open({ bytes: await rest }))).length).toBe(put);
  });

  it('hands an abort to the consumer, and refuses every later call', async () => {
    const writer = openArchiveWriter({ id: ARCHIVE_ID, created: CREATED });
    const consumed = collect(writer.bytes);
    await writer.put(entry(['a']));
    writer.abort(new Error('the source died'));
    await expect(consumed).rejects.toThrow('the source died');
    expect(() => writer.put(entry(['b']))).toThrow('the source died');
    await expect(writer.blob(Buffer.alloc(1))).rejects.toThrow('the source died');
    await expect(writer.finish(facts())).rejects.toThrow('the source died');
  });

  it('wakes a writer that waits for room when it is aborted', async () => {
    const writer = openArchiveWriter({ id: ARCHIVE_ID, created: CREATED });
    const storing = writer.blob(endless());
    setImmediate(() => writer.abort(new Error('cancelled')));
    await expect(storing).rejects.toThrow('cancelled');
  });

  it('stops when the consumer stops', async () => {
    const writer = openArchiveWriter({ id: ARCHIVE_ID, created: CREATED });
    const storing = writer.blob(endless());
    for await (const _ of writer.bytes) break;
    await expect(storing).rejects.toMatchObject({ code: 'archive.writer-closed' });
    expect(() => writer.put(entry(['b']))).toThrow(
      expect.objectContaining({ code: 'archive.writer-closed' }),
    );
  });

  it('passes a failure of a blob on and goes on without it', async () => {
    const written = await write(async (writer) => {
      await expect(writer.blob(failing())).rejects.toThrow('read error');
      await writer.put(entry(['a']));
    });
    expect(await readAll(await open(written))).toEqual([entry(['a'])]);
  });
});

async function* split(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let seed = 1; ; seed++) yield noise(256 * 1024, seed);
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(10);
  throw new Error('read error');
}

/** Whether a promise settles while the event loop has anything else to do. */
async function isSettledSoon(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  promise.then(() => {
    settled = true;
  });
  for (let turn = 0; turn < 2000 && !settled; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}
