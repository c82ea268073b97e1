/**
 * JSON laid out in lines, two spaces a level. Only white space changes: numbers keep every digit and members their
 * order, which parsing and writing again would not. Undefined for what is not a JSON object or array.
 */
export function prettyJson(text: string): string | undefined {
  const first = text.trimStart().charAt(0);
  if ((first !== '{' && first !== '[') || !isJson(text)) return undefined;
  let depth = 0;
  let written = '';
  const tokens = text.match(TOKENS) ?? [];
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      const isEmpty = next === '}' || next === ']';
      if (!isEmpty) depth++;
      written += isEmpty ? token : token + lineStart(depth);
    } else if (token === '}' || token === ']') {
      const before = tokens[i - 1];
      const isEmpty = before === '{' || before === '[';
      if (!isEmpty) depth--;
      written += isEmpty ? token : lineStart(depth) + token;
    } else if (token === ',') written += `,${lineStart(depth)}`;
    else written += token === ':' ? ': ' : token;
  });
  return written;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function lineStart(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
