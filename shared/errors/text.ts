/** A text that people read, in both languages. `{name}` is replaced by the parameter of that name. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Language = keyof Text;

/** What takes a place in a text: lists are joined, a text within the text is taken in the same language. */
export type Value = string | number | boolean | readonly string[] | Text;

export type Params = { readonly [name: string]: Value };

const BETWEEN: { readonly [language in Language]: string } = { en: ', ', zh: '、' };

/** Fills a text's `{name}` places in both languages. */
export function fillBoth(text: Text, params: Params): Text {
  return { en: fillText(text, params, 'en'), zh: fillText(text, params, 'zh') };
}

/** Fills a text's `{name}` places; a parameter that is missing is left visible as `{name}`. */
export function fillText(text: Text, params: Params, language: Language): string {
  return text[language].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    return value === undefined ? place : wordOf(value, language);
  });
}

/** A parameter's value as it stands in a text. */
export function wordOf(value: Value, language: Language): string {
  if (typeof value !== 'object') return String(value);
  return isText(value) ? value[language] : value.join(BETWEEN[language]);
}

/** Params as they are stored and sent: a copy that nothing else holds. */
export function plainParams(params: Params): {
  [name: string]: Exclude<Value, readonly string[]> | string[];
} {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plain(value)]));
}

function plain(value: Value): Exclude<Value, readonly string[]> | string[] {
  return typeof value !== 'object' || isText(value) ? value : [...value];
}

/** A parameter's value as it stands in each language. */
export function textOf(value: Value): Text {
  return { en: wordOf(value, 'en'), zh: wordOf(value, 'zh') };
}

/** The same words in both languages: names, and what was never translated. */
export function sameInBoth(words: string): Text {
  return { en: words, zh: words };
}

function isText(value: readonly string[] | Text): value is Text {
  return !Array.isArray(value);
}
