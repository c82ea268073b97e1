import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { printable } from '../../shared/report/printable.ts';
import type { Messages } from './keys.ts';
import { LOCALES, type Locale, rememberLocale, startLocale } from './language.ts';

/** One chunk a language: only the one in use is loaded. */
const MESSAGES: { readonly [locale in Locale]: () => Promise<{ readonly messages: Messages }> } = {
  en: () => import('./en/index.ts'),
  'zh-CN': () => import('./zh-CN/index.ts'),
};

export const i18n = createInstance();

/** Loads the start language; to be awaited before the first render, so that nothing flashes in another one. */
export async function startI18n(): Promise<void> {
  const locale = startLocale();
  const { messages } = await MESSAGES[locale]();
  await i18n.use(initReactI18next).init({
    lng: locale,
    supportedLngs: LOCALES,
    load: 'currentOnly',
    fallbackLng: false,
    resources: { [locale]: messages },
    ns: Object.keys(messages),
    defaultNS: 'common',
    // As in the error table: {name}. React escapes markup; a name may also turn the direction of what stands after it.
    interpolation: { prefix: '{', suffix: '}', escapeValue: true, escape: printable },
    react: { useSuspense: false },
  });
  document.documentElement.lang = locale;
}

/** Changes the language of everything on screen and remembers it for the next start. */
export async function changeLocale(locale: Locale): Promise<void> {
  const { messages } = await MESSAGES[locale]();
  for (const [namespace, texts] of Object.entries(messages)) i18n.addResourceBundle(locale, namespace, texts);
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
  rememberLocale(locale);
}
