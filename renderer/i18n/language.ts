import type { Language } from '../../shared/errors/text.ts';

/** The languages of the screens, as BCP 47 names them. */
export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own name: whoever looks for it cannot read the other. */
export const LOCALE_NAMES: { readonly [locale in Locale]: string } = { en: 'English', 'zh-CN': '简体中文' };

const STORED = 'holdfast.language';

/** The language chosen before, else the browser's own where it is one of ours, else English. */
export function startLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  const chosen = LOCALES.find((locale) => locale === stored);
  return chosen ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale);
}

/** The member of a bilingual text (errors, drivers' fields, checks) that this language reads. */
export function textLanguage(locale: Locale): Language {
  return locale === 'zh-CN' ? 'zh' : 'en';
}
