/** A text that people read, in both languages. `{name}` is replaced by the parameter of that name. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Language = keyof Text;

export type Params = { readonly [name: string]: string | number | boolean | readonly string[] };

/** Fills a text's `{name}` places in both languages. */
export function fillBoth(text: Text, params: Params): Text {
  return { en: fillText(text, params, 'en'), zh: fillText(text, params, 'zh') };
}

/** Fills a text's `{name}` places; a parameter that is missing is left visible as `{name}`. */
export function fillText(text: Text, params: Params, language: Language): string {
  return text[language].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    return value === undefined ? place : String(value);
  });
}
