import { z } from 'zod';
import { targetText } from '../../shared/command/target.ts';

/** The screens that a link may lead to: the first part of the renderer's addresses. */
const SCREENS = [
  'overview',
  'clusters',
  'tasks',
  'runs',
  'points',
  'storages',
  'explore',
  'compare',
  'restore',
  'verify',
  'settings',
] as const;

/** What the names of archives end with. */
export const ARCHIVE = /\.(tar\.gz|tgz)$/i;
const LONGEST = 4096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;

const plain = z
  .string()
  .max(LONGEST)
  .refine((text) => !CONTROL.test(text));
/** A part of a path: never one that leads to another place. */
const segment = plain.refine((text) => text !== '' && text !== '.' && text !== '..' && !/[/\\]/.test(text));
/**
 * Links come from anywhere, a web page for example: none makes the host open a file, which on Windows may be on
 * somebody else's server. The page's router reads a value as JSON where it is any: one that could be a text, a list or
 * an object of JSON is refused whole, since what it says is not what stands there.
 */
const parameter = plain.refine((text) => !/^(?:[\s"[{]|file:)/i.test(text));

const link = z.object({
  screen: z.enum(SCREENS),
  segments: z.array(segment).max(2),
  parameters: z.array(z.tuple([z.string().regex(/^[a-zA-Z]{1,20}$/), parameter])).max(20),
});

/**
 * The address within the host's origin that a `holdfast://` link stands for: `holdfast://runs/ID`,
 * `holdfast://explore?target=…`. Undefined when it is not such a link.
 */
export function addressOfLink(text: string): string | undefined {
  const parsed = link.safeParse(partsOf(text));
  if (!parsed.success) return undefined;
  const { screen, segments, parameters } = parsed.data;
  const path = screen === 'overview' ? [] : [screen, ...segments];
  const query = new URLSearchParams(parameters).toString();
  return `/${path.map(encodeURIComponent).join('/')}${query === '' ? '' : `?${query}`}`;
}

/** The address at which Explore shows an archive of this machine. `path`: absolute. Undefined for other files. */
export function addressOfArchive(path: string): string | undefined {
  if (!ARCHIVE.test(path) || path.length > LONGEST || CONTROL.test(path)) return undefined;
  return `/explore?${new URLSearchParams({ target: targetText({ of: 'file', path }) })}`;
}

/** Whether the program was asked to open a link, rather than a file. */
export function isLink(text: string): boolean {
  return /^holdfast:/i.test(text);
}

function partsOf(text: string): unknown {
  if (text.length > LONGEST || !isLink(text)) return undefined;
  try {
    const { host, pathname, searchParams, username, port, hash } = new URL(text);
    if (username !== '' || port !== '' || hash !== '') return undefined;
    const segments = pathname.split('/').filter((part) => part !== '');
    return {
      screen: decodeURIComponent(host),
      segments: segments.map(decodeURIComponent),
      parameters: [...searchParams],
    };
  } catch {
    return undefined;
  }
}
