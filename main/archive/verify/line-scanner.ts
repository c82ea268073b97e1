import { detail } from '../../../shared/messages/details.ts';
import { type Digest, digestOfBytes, digestOfContent, LineProblem } from '../layout/line.ts';

/** What verification needs of one record line, found by its fixed layout without parsing the JSON in it. */
export interface ScannedLine {
  readonly keyText: string;
  /** Null for a tombstone. */
  readonly kind: string | null;
  /** JSON text of the content; empty for a tombstone. */
  readonly content: string;
  /** Where the content begins in the text. */
  readonly contentAt: number;
  /** True when the line may say where blobs are: it has to be parsed. */
  readonly mayHaveBlobs: boolean;
}

const START = '{"t":"';
const TOMBSTONE_START = '{"t":"-","k":';
const KEY = '","k":[';
const CONTENT = ',"c":{';
const OBSERVED = ',"o":';

/**
 * Finds the pieces of the line that stands in `text` from `at` up to `end` (its line feed). The marks that it
 * looks for cannot stand inside a JSON string (§4, §5). Throws {@link LineProblem}.
 */
export function scanLine(text: string, at: number, end: number): ScannedLine {
  if (text.startsWith(TOMBSTONE_START, at)) {
    if (text[end - 1] !== '}') throw new LineProblem(detail('tombstone-cut-off'));
    return {
      keyText: text.slice(at + TOMBSTONE_START.length, end - 1),
      kind: null,
      content: '',
      contentAt: at,
      mayHaveBlobs: false,
    };
  }
  const kindEnd = text.indexOf(KEY, at);
  const contentMark = text.indexOf(CONTENT, kindEnd);
  const observedMark = text.lastIndexOf(OBSERVED, end);
  const isInOrder = at + START.length < kindEnd && kindEnd < contentMark && contentMark < observedMark;
  if (!text.startsWith(START, at) || !isInOrder || observedMark > end)
    throw new LineProblem(detail('line-lacks-member'));
  const content = text.slice(contentMark + CONTENT.length - 1, observedMark);
  const closes =
    content.endsWith('}') && text[observedMark + OBSERVED.length] === '{' && text.endsWith('}}', end);
  if (!closes) throw new LineProblem(detail('line-member-not-object'));
  return {
    keyText: text.slice(kindEnd + KEY.length - 1, contentMark),
    kind: kindOf(text.slice(at + START.length, kindEnd)),
    content,
    contentAt: contentMark + CONTENT.length - 1,
    mayHaveBlobs: text.slice(observedMark, end).includes('},"b":{'),
  };
}

/** What the fingerprint of this line begins; null for a tombstone. */
export function digestOfLine({ kind, content }: ScannedLine): Digest | null {
  return kind === null ? null : digestOfContent(kind, content);
}

/**
 * As {@link digestOfLine}, for a block that is ASCII, so that places in its text are places in its bytes.
 * Spends the bytes: the kind is written over what stands in front of the content, which is longer than it, to
 * hash both without a copy.
 */
export function digestOfLineInPlace({ kind, content, contentAt }: ScannedLine, bytes: Buffer): Digest | null {
  if (kind === null) return null;
  const start = contentAt - kind.length - 1;
  bytes.write(kind, start, 'latin1');
  bytes[contentAt - 1] = LINE_FEED;
  return digestOfBytes(bytes.subarray(start, contentAt + content.length));
}

const LINE_FEED = 10;

function kindOf(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw new LineProblem(detail('line-kind-malformed'));
  }
}
