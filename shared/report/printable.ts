// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from outside that is safe to show: names in a cluster may hold escape sequences, line ends or marks that
 * turn the reading direction. They are shown as `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
