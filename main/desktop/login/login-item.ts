/** What the system starts at login, as Electron takes it to set that and to look for it. */
export interface LoginItem {
  readonly path: string;
  readonly args: string[];
}

/**
 * The program and its arguments for Windows. Electron writes them one after the other with blanks between, and finds
 * what it wrote only by the very same text; of a path with blanks it knows no better (electron/electron#32657, #53911).
 * `command`: program and arguments.
 */
export function loginItem(command: readonly string[]): LoginItem {
  const [path = '', ...args] = command.map(quoted);
  return { path, args };
}

/** In quotes where it has blanks or quotes, as the runtime of C on Windows splits a command line. */
function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  // Backslashes count twice before a quote, and only there.
  return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
