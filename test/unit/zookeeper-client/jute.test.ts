import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJavaUtf8 } from '../../../main/protocols/zookeeper/java-utf8.ts';
import { JuteFormatError, JuteReader } from '../../../main/protocols/zookeeper/jute-reader.ts';
import { JuteWriter } from '../../../main/protocols/zookeeper/jute-writer.ts';
import {
  type Acl,
  openAcl,
  readAcl,
  readStat,
  type Stat,
  statBytes,
  writeAcl,
} from '../../../main/protocols/zookeeper/records.ts';

function readerOf(bytes: Buffer): JuteReader {
  const reader = new JuteReader();
  reader.reset(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
  return reader;
}

function roundTrip<T>(write: (w: JuteWriter) => void, read: (r: JuteReader) => T): T {
  const writer = new JuteWriter(4);
  write(writer);
  const reader = readerOf(writer.take());
  const value = read(reader);
  expect(reader.remaining).toBe(0);
  return value;
}

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const time = fc.integer({ min: -(2 ** 50), max: 2 ** 50 });
const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const acl: fc.Arbitrary<Acl[]> = fc.array(fc.record({ perms: int, scheme: text, id: text }), {
  maxLength: 8,
});
const stat = fc.record({
  czxid: long,
  mzxid: long,
  ctime: time,
  mtime: time,
  version: int,
  cversion: int,
  aversion: int,
  ephemeralOwner: long,
  dataLength: int,
  numChildren: int,
  pzxid: long,
});

/** Only servers write a stat. */
function writeStat(w: JuteWriter, stat: Stat): void {
  w.long(stat.czxid);
  w.long(stat.mzxid);
  w.long(BigInt(stat.ctime));
  w.long(BigInt(stat.mtime));
  w.int(stat.version);
  w.int(stat.cversion);
  w.int(stat.aversion);
  w.long(stat.ephemeralOwner);
  w.int(stat.dataLength);
  w.int(stat.numChildren);
  w.long(stat.pzxid);
}

describe('jute', () => {
  it('gives back every stat in 68 bytes', () => {
    fc.assert(
      fc.property(stat, (value) => {
        const writer = new JuteWriter();
        writeStat(writer, value);
        expect(writer.length).toBe(statBytes);
        expect(readStat(readerOf(writer.take()))).toEqual(value);
      }),
    );
  });

  it('gives back every ACL', () => {
    fc.assert(
      fc.property(acl, (value) => {
        expect(roundTrip((w) => writeAcl(w, value), readAcl)).toEqual(value);
      }),
    );
  });

  it('recognises the open ACL, and only that', () => {
    expect(roundTrip((w) => writeAcl(w, openAcl), readAcl)).toBe(openAcl);
    const similar = [{ perms: 31, scheme: 'world', id: 'anyonf' }];
    expect(roundTrip((w) => writeAcl(w, similar), readAcl)).toEqual(similar);
  });

  it('gives back a sequence of values of every type, however often its buffer grows', () => {
    const value = fc.tuple(
      int,
      long,
      fc.boolean(),
      text,
      fc.option(fc.uint8Array({ maxLength: 2000 })),
      fc.array(text),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (values) => {
        const writer = new JuteWriter(1);
        for (const [i, l, b, s, data, list] of values) {
          writer.int(i);
          writer.long(l);
          writer.bool(b);
          writer.string(s);
          writer.buffer(data);
          writer.strings(list);
        }
        const r = readerOf(writer.take());
        const read = values.map(() => [r.int(), r.long(), r.bool(), r.string(), r.buffer(), r.strings()]);
        const expected = values.map(([i, l, b, s, data, list]) => [
          i,
          l,
          b,
          s,
          data && Buffer.from(data),
          list,
        ]);
        expect(read).toEqual(expected);
      }),
    );
  });

  it('tells null from empty', () => {
    expect(
      roundTrip(
        (w) => w.buffer(null),
        (r) => r.buffer(),
      ),
    ).toBeNull();
    expect(
      roundTrip(
        (w) => w.buffer(Buffer.alloc(0)),
        (r) => r.buffer(),
      ),
    ).toEqual(Buffer.alloc(0));
  });

  it('writes base64 as the bytes that it stands for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64');
        expect(
          roundTrip(
            (w) => w.buffer({ base64 }),
            (r) => r.buffer(),
          ),
        ).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('moves past a string as reading it does, also where it is null', () => {
    const writer = new JuteWriter();
    writer.string('héllo');
    writer.int(-1);
    writer.string('');
    writer.int(7);
    const reader = readerOf(writer.take());
    for (let i = 0; i < 3; i++) reader.skipString();
    expect(reader.int()).toBe(7);
    expect(() => reader.skipString()).toThrow(JuteFormatError);
  });

  it('writes into a buffer again once that was given back, and not before', () => {
    const large = Buffer.alloc(100_000, 1);
    const writer = new JuteWriter();
    const taken = [1, 2, 3].map((mark) => {
      writer.buffer(large);
      writer.int(mark);
      return writer.take();
    });
    expect(taken.map((bytes) => bytes.readInt32BE(bytes.length - 4))).toEqual([1, 2, 3]);
    expect(new Set(taken.map((bytes) => bytes.buffer)).size).toBe(3);
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = taken;
    writer.giveBack(first);
    writer.int(4);
    writer.take();
    writer.int(5);
    expect(writer.take().buffer).toBe(first.buffer);
    expect(second.readInt32BE(second.length - 4)).toBe(2);
  });

  it('refuses a lone surrogate and leaves nothing of it behind', () => {
    const writer = new JuteWriter();
    writer.int(7);
    expect(() => writer.string('a\ud800b')).toThrow(TypeError);
    expect(writer.take()).toEqual(Buffer.from([0, 0, 0, 7]));
  });

  it('never reads past its window, whatever the bytes are', () => {
    const readers: ((r: JuteReader) => unknown)[] = [
      readStat,
      readAcl,
      (r) => r.strings(),
      (r) => r.buffer(),
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...readers), (bytes, read) => {
        // What follows the window would be read as more elements if its end were not kept.
        const surrounded = Buffer.concat([bytes, Buffer.alloc(1000, 1)]);
        const reader = new JuteReader();
        reader.reset(surrounded, new DataView(surrounded.buffer, surrounded.byteOffset), 0, bytes.length);
        try {
          read(reader);
        } catch (error) {
          expect(error).toBeInstanceOf(JuteFormatError);
        }
        expect(reader.offset).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('refuses a vector that claims more elements than its frame has room for', () => {
    const writer = new JuteWriter();
    writer.int(2 ** 31 - 1);
    const bytes = writer.take();
    expect(() => readerOf(bytes).strings()).toThrow(/vector of 2147483647/);
    expect(() => readAcl(readerOf(bytes))).toThrow(JuteFormatError);
  });
});

describe('strings of a Java server', () => {
  /** As `BinaryOutputArchive` encodes: every UTF-16 unit by itself. */
  function javaEncode(value: string): Buffer {
    const bytes: number[] = [];
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit < 0x80) bytes.push(unit);
      else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
      else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
    }
    return Buffer.from(bytes);
  }

  it('are read whether encoded as Java does or as plain UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        const java = javaEncode(value);
        expect(
          roundTrip(
            (w) => w.buffer(java),
            (r) => r.string(),
          ),
        ).toBe(value);
        expect(decodeJavaUtf8(Buffer.from(value))).toBe(value);
      }),
    );
  });

  it('keep what is readable of malformed bytes', () => {
    expect(decodeJavaUtf8(Buffer.from([0x61, 0xff, 0x62, 0xe2, 0x82, 0x63, 0xc0, 0x80]))).toBe(
      'a\ufffdb\ufffd\ufffdc\ufffd\ufffd',
    );
  });
});
