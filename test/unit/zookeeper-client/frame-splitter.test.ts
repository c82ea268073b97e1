import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameSplitter } from '../../../main/protocols/zookeeper/frame-splitter.ts';
import { JuteFormatError } from '../../../main/protocols/zookeeper/jute-reader.ts';

function frame(body: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeInt32BE(body.length);
  return Buffer.concat([header, body]);
}

function collect(largest = 1 << 20) {
  const bodies: Buffer[] = [];
  const splitter = new FrameSplitter(largest, (bytes, view, start, end) => {
    const body = Buffer.from(bytes.subarray(start, end));
    if (body.length > 0) expect(view.getUint8(start)).toBe(body[0]);
    bodies.push(body);
  });
  return { bodies, splitter };
}

describe('a frame splitter', () => {
  it('finds the same frames however the stream is cut into chunks', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
    const cuts = fc.array(fc.nat(600), { maxLength: 30 });
    fc.assert(
      fc.property(bodies, cuts, (sent, places) => {
        const stream = Buffer.concat(sent.map(frame));
        const { bodies: seen, splitter } = collect();
        const ends = [...places.filter((place) => place < stream.length), stream.length].sort(
          (a, b) => a - b,
        );
        let from = 0;
        for (const end of ends) {
          splitter.push(Buffer.from(stream.subarray(from, end)));
          from = end;
        }
        expect(seen).toEqual(sent.map((body) => Buffer.from(body)));
      }),
    );
  });

  it('hands a whole frame on without copying it', () => {
    const chunk = frame(Buffer.from('whole'));
    let handed: Buffer | undefined;
    new FrameSplitter(100, (bytes) => {
      handed = bytes;
    }).push(chunk);
    expect(handed).toBe(chunk);
  });

  it.each([-1, 101, 2 ** 31 - 1])('refuses a length of %d before it allocates', (length) => {
    const header = Buffer.alloc(4);
    header.writeInt32BE(length);
    expect(() => collect(100).splitter.push(header)).toThrow(JuteFormatError);
    const { splitter } = collect(100);
    splitter.push(header.subarray(0, 3));
    expect(() => splitter.push(header.subarray(3))).toThrow(/outside 0 to 100/);
  });
});
