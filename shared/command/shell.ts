const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * One argument as a POSIX shell reads it back. What is not plain stands in single quotes, in which the shell
 * changes nothing; a single quote itself ends them, is escaped, and opens them again.
 */
export function quote(argument: string): string {
  if (PLAIN.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
