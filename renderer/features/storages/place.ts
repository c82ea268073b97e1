const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where a storage is, in a line: its directory, or endpoint, bucket and path. */
export function placeOf(options: { readonly [option: string]: unknown }): string {
  if (typeof options.directory === 'string') return options.directory;
  const bucket = [text(options.bucket), text(options.prefix)].filter((part) => part !== '').join('/');
  const endpoint = text(options.endpoint).replace(/^https?:\/\//, '');
  return [endpoint, bucket].filter((part) => part !== '').join(' · ');
}
