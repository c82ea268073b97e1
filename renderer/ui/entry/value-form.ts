import { base64Lines, hexLines } from './bytes.ts';
import { type JavaStream, readJavaStream } from './java-stream.ts';
import { prettyJson } from './json-text.ts';

/** How bytes are shown. */
export type ValueForm = 'json' | 'java' | 'text' | 'hex' | 'base64';

/** A range of a value. */
export interface ValueBytes {
  readonly bytes: Uint8Array;
  /** Of the first byte, in the whole value. */
  readonly offset: number;
  /** Whether the range is the whole value. */
  readonly whole: boolean;
}

/** Forms in which a range can be shown: what it seems to be first, then those that always work. */
export interface Recognised {
  readonly forms: readonly ValueForm[];
  readonly text: string | undefined;
  readonly json: string | undefined;
  readonly java: JavaStream | undefined;
}

/** Control characters but for line ends and tabs: text has none. */
const UNREADABLE = /[^\P{Cc}\t\n\r\f]/u;

/** Tells what a range of a value may be read as. */
export function recognise({ bytes, offset, whole }: ValueBytes): Recognised {
  const java = offset === 0 ? readJavaStream(bytes) : undefined;
  const text = java === undefined ? readableText(bytes, whole) : undefined;
  const json = text !== undefined && whole ? prettyJson(text) : undefined;
  const found: (ValueForm | undefined)[] = [
    java && 'java',
    json === undefined ? undefined : 'json',
    text === undefined ? undefined : 'text',
  ];
  const forms = found.filter((form) => form !== undefined);
  return { forms: [...forms, 'hex', 'base64'], text, json, java };
}

/** The range in a form, as lines; Java streams have a view of their own. */
export function formText(
  form: Exclude<ValueForm, 'java'>,
  range: ValueBytes,
  recognised: Recognised,
): string {
  if (form === 'hex') return hexLines(range.bytes, range.offset);
  if (form === 'base64') return base64Lines(range.bytes);
  return (form === 'json' ? recognised.json : recognised.text) ?? '';
}

/** Undefined for what is not UTF-8 text. A range of a longer value may begin and end within a character. */
function readableText(bytes: Uint8Array, whole: boolean): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const text = decoder.decode(whole ? bytes : withoutBrokenStart(bytes), { stream: !whole });
    return UNREADABLE.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** At most three bytes at the start may continue a character that began before. */
function withoutBrokenStart(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return bytes.subarray(start);
}
