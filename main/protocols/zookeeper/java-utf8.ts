/**
 * Decodes what ZooKeeper's Java server writes for a string. Its encoder turns each UTF-16 unit into bytes
 * by itself (CESU-8), so a character beyond the BMP arrives as two 3-byte sequences that strict UTF-8
 * refuses. Plain UTF-8, 4-byte sequences included, is read as well; malformed bytes become U+FFFD.
 * Source: `BinaryOutputArchive.stringToByteBuffer`.
 */
export function decodeJavaUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const size = sequenceSize(lead);
    const point = size === 0 ? -1 : codePointAt(bytes, at, size);
    text += point < 0 ? '\ufffd' : String.fromCodePoint(point);
    at += point < 0 ? 1 : size;
  }
  return text;
}

function sequenceSize(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

/** Code point (a surrogate is one too), or -1 where the bytes are cut short, malformed or overlong. */
function codePointAt(bytes: Uint8Array, at: number, size: number): number {
  const lead = bytes[at] ?? 0;
  let point = size === 1 ? lead : lead & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  const overlong = (size === 3 && point < 0x800) || (size === 4 && point < 0x10000);
  return overlong || point > 0x10ffff ? -1 : point;
}
