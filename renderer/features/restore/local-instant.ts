/** The instant that a date and time field means, in local time; undefined for a field that is not filled. */
export function localInstant(text: string): string | undefined {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
