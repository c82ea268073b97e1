import { createHash } from 'node:crypto';

/** A page that needs no host. All texts are plain: they are escaped here. */
export interface PlainPage {
  readonly locale: 'en' | 'zh-CN';
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What went wrong, word by word. */
  readonly reason?: { readonly label: string; readonly text: string };
  readonly actions: readonly { readonly label: string; readonly href: string }[];
}

/** Links of such a page; the window takes them as orders and goes nowhere. */
export const RETRY = 'holdfast://shell/retry';
export const QUIT = 'holdfast://shell/quit';

const STYLE = `
:root{color-scheme:light dark;font:15px/1.6 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#fff;color:#1a1d20}
main{max-width:34rem;padding:2rem}
svg{width:44px;height:44px}
h1{font-size:1.35rem;margin:.8rem 0 .4rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f1f3f4;padding:.8rem;border-radius:6px;font-size:.85rem}
a{display:inline-block;margin:.6rem .6rem 0 0;padding:.45rem 1rem;border-radius:6px;border:1px solid #0f6d67;color:#0f6d67;text-decoration:none}
a:first-of-type{background:#0f6d67;color:#fff}
@media(prefers-color-scheme:dark){body{background:#16191c;color:#e8eaec}pre{background:#23272b}a{border-color:#58b8b0;color:#58b8b0}}
`;

const MARK =
  '<svg viewBox="0 0 32 32" fill="none" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0f6d67"/><path d="M16 6v10M16 16c-1 5-4 6-7 8.5M16 16c1 5 4 6 7 8.5M16 16v10" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/><circle cx="16" cy="8" r="2.6" fill="#fff"/></svg>';

/** The page as an address that holds all of it. Its policy allows its own style and nothing else. */
export function plainPageUrl(page: PlainPage): string {
  return `data:text/html;base64,${Buffer.from(html(page)).toString('base64')}`;
}

function html({ locale, title, paragraphs, reason, actions }: PlainPage): string {
  const digest = createHash('sha256').update(STYLE).digest('base64');
  const body = [
    MARK,
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(reason === undefined
      ? []
      : [`<p>${escapeHtml(reason.label)}</p><pre>${escapeHtml(reason.text)}</pre>`]),
    ...actions.map(({ label, href }) => `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`),
  ];
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>Holdfast</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"><style>${STYLE}</style><main>${body.join('')}</main></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
