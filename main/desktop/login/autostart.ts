/** The name of the entry in `$XDG_CONFIG_HOME/autostart`. */
export const AUTOSTART_FILE = 'holdfast.desktop';

/**
 * An entry that starts the program at login, hidden (freedesktop.org, Desktop Entry and Autostart specifications).
 * `command`: program and arguments.
 */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Holdfast',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * An argument of `Exec`: in quotes with `"`, `` ` ``, `$` and `\` escaped, `%` doubled, and once more every backslash,
 * as in any value of type string.
 */
function quoted(argument: string): string {
  const escaped = argument.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%');
  return `"${escaped}"`.replaceAll('\\', '\\\\');
}
