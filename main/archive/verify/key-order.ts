import { detail } from '../../../shared/messages/details.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { LineProblem, parseKey } from '../layout/line.ts';

/** A well-formed key without escapes and without what sorts below the quotation mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not stand in JSON.
const SIMPLE = /^\[(?:"[^"\\ !\x00-\x1f]*"(?:,"[^"\\ !\x00-\x1f]*")*)?\]$/;

/**
 * Checks that keys ascend strictly, parsing them only where it must. Without escapes and without characters that
 * sort below the quotation mark, the JSON texts of two keys, taken without their closing brackets, sort as the
 * keys do; for ASCII that is also the order of UTF-8.
 */
export class KeyOrder {
  #text: string | undefined;
  #isSimple = false;

  /** The key given last. */
  get last(): Key | undefined {
    return this.#text === undefined ? undefined : parseKey(this.#text);
  }

  /** Its JSON text. */
  get lastText(): string | undefined {
    return this.#text;
  }

  /** Throws {@link LineProblem} unless this key comes after the one before it. */
  next(text: string, isAscii: boolean): void {
    const isSimple = isAscii && SIMPLE.test(text);
    if (!isSimple) parseKey(text);
    if (this.#text !== undefined) {
      const ascends =
        isSimple && this.#isSimple ? open(this.#text) < open(text) : comesAfter(text, this.#text);
      if (!ascends) throw new LineProblem(detail('keys-out-of-order'));
    }
    this.#text = text;
    this.#isSimple = isSimple;
  }
}

function comesAfter(text: string, previous: string): boolean {
  return compareKeys(parseKey(previous), parseKey(text)) < 0;
}

/** The text of a key without its closing bracket: a prefix then sorts first. */
function open(text: string): string {
  return text.slice(0, -1);
}
