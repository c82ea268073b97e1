import type { ReportDocument, ReportSection } from './restore-report.ts';

const STYLE =
  'body{font:14px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}' +
  'h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}' +
  'th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ddd;' +
  'overflow-wrap:anywhere}th{white-space:nowrap}';

/** No script runs in it and nothing is fetched, whatever stands in the names of a cluster. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** A report as one page of HTML that refers to nothing outside. */
export function reportHtml({ language, title, sections }: ReportDocument): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
  ];
  const body = [`<h1>${escaped(title)}</h1>`, ...sections.map(sectionHtml)];
  const tag = language === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>\n<html lang="${tag}">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`;
}

function sectionHtml({ title, facts = [], table }: ReportSection): string {
  const rows = facts.map(([name, value]) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  const parts = [`<h2>${escaped(title)}</h2>`];
  if (rows.length > 0) parts.push(`<table>${rows.join('\n')}</table>`);
  if (table !== undefined) {
    const head = table.head.map((cell) => `<th>${escaped(cell)}</th>`).join('');
    const lines = table.rows.map(
      (row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    );
    parts.push(`<table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table>`);
  }
  return `<section>${parts.join('\n')}</section>`;
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
