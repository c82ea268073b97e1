/** What can be told of a serialised Java object without its classes. */
export interface JavaStream {
  /** Names of classes, in the order in which they come. */
  readonly classes: readonly string[];
  /** Texts that it holds, such as the path that a Flink pointer names. */
  readonly texts: readonly string[];
}

/** Java Object Serialization Specification, §6.4: STREAM_MAGIC, STREAM_VERSION. */
const HEAD = [0xac, 0xed, 0x00, 0x05];
const TC_CLASSDESC = 0x72;
const TC_STRING = 0x74;

const CLASS_NAME = /^(?:\[+(?:[BCDFIJSZ]|L[\w$.]+;)|[\p{L}_$][\w$]*(?:\.[\p{L}_$][\w$]*)+)$/u;
/** Types of fields are written as strings too. */
const FIELD_TYPE = /^\[*(?:[BCDFIJSZ]|L[\w$/]+;)$/;
const UNREADABLE = /[^\P{Cc}\t\n\r]/u;

/** Recognises a stream of Java's object serialisation by its head; undefined for anything else. */
export function readJavaStream(bytes: Uint8Array): JavaStream | undefined {
  if (!HEAD.every((byte, i) => bytes[i] === byte)) return undefined;
  const classes = new Set<string>();
  const texts = new Set<string>();
  let i = HEAD.length;
  while (i < bytes.length) {
    const text = textAt(bytes, i + 1);
    if (bytes[i] === TC_CLASSDESC && text !== undefined && CLASS_NAME.test(text)) {
      classes.add(text);
      i += 3 + text.length;
    } else if (bytes[i] === TC_STRING && text !== undefined && !UNREADABLE.test(text)) {
      if (!FIELD_TYPE.test(text)) texts.add(text);
      i += 3 + new TextEncoder().encode(text).length;
    } else i++;
  }
  return { classes: [...classes], texts: [...texts] };
}

/** A text with its length before it, two bytes; undefined where there is none. */
function textAt(bytes: Uint8Array, at: number): string | undefined {
  const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const slice = bytes.subarray(at + 2, at + 2 + length);
  if (length === 0 || slice.length < length) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(slice);
  } catch {
    return undefined;
  }
}
