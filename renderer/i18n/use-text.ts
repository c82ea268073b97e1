import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../shared/errors/text.ts';
import { type Formats, formatsOf } from './formats.ts';
import type { MessageKey } from './keys.ts';
import { LOCALES, type Locale, textLanguage } from './language.ts';

/** Gives the text of a key. `count` chooses between singular and plural. */
export type Translate = (key: MessageKey, params?: { readonly [name: string]: string | number }) => string;

export interface Texts {
  readonly locale: Locale;
  readonly t: Translate;
  /** Of a text that exists in both languages already: errors, drivers' fields, checks. */
  readonly pick: (text: Text) => string;
  readonly format: Formats;
}

/** All that a component needs to speak: texts by key, bilingual texts, and numbers, sizes and times by locale. */
export function useText(): Texts {
  const { t: translate, i18n } = useTranslation();
  const locale = LOCALES.find((each) => each === i18n.language) ?? 'en';
  return useMemo(
    () => ({
      locale,
      t: (key, params) => translate(key, { ...params }),
      pick: (text) => text[textLanguage(locale)],
      format: formatsOf(locale),
    }),
    [translate, locale],
  );
}
