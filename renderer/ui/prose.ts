/** A block of a driver's text: a paragraph of spans, or lines of commands. */
export type ProseBlock =
  | { readonly kind: 'paragraph'; readonly spans: readonly ProseSpan[] }
  | { readonly kind: 'code'; readonly text: string };

export interface ProseSpan {
  readonly style: 'plain' | 'bold' | 'code';
  readonly text: string;
}

const FENCED = /^```\n?([\s\S]*?)\n?```$/;
const STYLED = /(\*\*[^*]+\*\*|`[^`]+`)/;

/** The little Markdown that drivers' texts use: paragraphs, fenced code, bold and code within a line. */
export function parseProse(markdown: string): readonly ProseBlock[] {
  return markdown
    .split(/(```[\s\S]*?```)|\n{2,}/)
    .map((block) => block?.trim() ?? '')
    .filter((block) => block !== '')
    .map((block) => {
      const code = FENCED.exec(block)?.[1];
      return code === undefined ? { kind: 'paragraph', spans: spansOf(block) } : { kind: 'code', text: code };
    });
}

function spansOf(text: string): readonly ProseSpan[] {
  return text
    .split(STYLED)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('**')) return { style: 'bold', text: part.slice(2, -2) };
      if (part.startsWith('`')) return { style: 'code', text: part.slice(1, -1) };
      return { style: 'plain', text: part };
    });
}
