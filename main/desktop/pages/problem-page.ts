import type { DesktopLocale } from '../../../shared/desktop.ts';
import { ERROR_TABLE, type ErrorCode } from '../../../shared/errors/table.ts';
import { fillText, type Params, type Text } from '../../../shared/errors/text.ts';
import type { HostProblem } from '../host/host-child.ts';
import { TEXTS } from '../texts.ts';
import { plainPageUrl, QUIT, RETRY } from './plain-page.ts';

/** What a page without a host tells. */
export interface Trouble {
  readonly title: Text;
  readonly text: Text;
  readonly remedy: Text;
  readonly params: Params;
  /** As the machine put it. */
  readonly reason?: string;
}

/** Why the host is not there, with the remedy of the error table where it has one. */
export function hostTrouble({ code, params, text }: HostProblem): Trouble {
  const known = isKnown(code) ? ERROR_TABLE[code] : undefined;
  const title = TEXTS.troubleTitle;
  if (known !== undefined) return { title, text: known.message, remedy: known.remedy, params };
  return { title, text: TEXTS.troubleText, remedy: TEXTS.troubleRemedy, params: {}, reason: text };
}

/** Why the host that was to be connected to is not shown. */
export function unreachable(url: string, reason: string): Trouble {
  const { unreachableTitle: title, unreachableText: text, unreachableRemedy: remedy } = TEXTS;
  return { title, text, remedy, params: { url }, reason };
}

/** The page that is shown until there is one of a host. */
export function startingPage(locale: DesktopLocale): string {
  return plainPageUrl({ locale, title: TEXTS.starting[languageOf(locale)], paragraphs: [], actions: [] });
}

/** The page that tells of trouble and offers to try again. */
export function troublePage(trouble: Trouble, locale: DesktopLocale): string {
  const language = languageOf(locale);
  const words = (text: Text) => fillText(text, trouble.params, language);
  const { reason } = trouble;
  return plainPageUrl({
    locale,
    title: words(trouble.title),
    paragraphs: [words(trouble.text), words(trouble.remedy)],
    ...(reason === undefined ? {} : { reason: { label: words(TEXTS.reason), text: reason } }),
    actions: [
      { label: words(TEXTS.tryAgain), href: RETRY },
      { label: words(TEXTS.quit), href: QUIT },
    ],
  });
}

/** The language of texts that exist in both. */
export function languageOf(locale: DesktopLocale): keyof Text {
  return locale === 'zh-CN' ? 'zh' : 'en';
}

function isKnown(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(ERROR_TABLE, code);
}
