import { HoldfastError } from '../../shared/errors/error.ts';
import type { Text } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';

/*
 * Names of files that hold objects. One set of rules for every machine, so that a directory written on Linux is
 * the same storage when it is opened on Windows or macOS: what any of them cannot hold is escaped everywhere, as
 * `=XX` per byte of UTF-8 (the escapes of quoted-printable, RFC 2045). `%` is left alone: archive names carry
 * percent-escapes of their own and keep their look on disk.
 *
 * Upper and lower case stay apart by checking what is really on disk (local/layout.ts): no name can be escaped
 * for that without making all names unreadable.
 */

/** ext4, XFS, APFS, NTFS and most others hold 255 units; bytes of UTF-8 are the narrowest unit. */
export const LONGEST_FILE_NAME = 255;

const CONTROL_OR_BROKEN = /[\p{Cc}\p{Cs}]/u;
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*\\]/;
/** Device names of Windows, also with an extension, and with spaces before it ("NUL .tar.gz"). */
const DEVICE = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³]) *(?:\.|$)/i;
const ESCAPES = /(?:=[0-9A-F]{2})+/g;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The components of an object's path.
 * @throws HoldfastError `storage.bad-path` when the contract does not allow it.
 */
export function splitPath(path: string): readonly string[] {
  const problem = pathProblem(path);
  if (problem !== undefined) throw new HoldfastError('storage.bad-path', { path, problem });
  return path.split('/');
}

/** Why the contract does not allow a path; undefined when it does. */
export function pathProblem(path: string): Text | undefined {
  for (const component of path.split('/')) {
    const problem = componentProblem(component);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** As `splitPath`, for a directory: `''` is the storage's root and has no components. */
export function splitDirectory(prefix: string): readonly string[] {
  return prefix === '' ? [] : splitPath(prefix);
}

function componentProblem(component: string): Text | undefined {
  if (component === '') return detail('component-empty');
  if (component === '.' || component === '..') return detail('component-dots');
  if (CONTROL_OR_BROKEN.test(component)) return detail('component-control');
  return undefined;
}

/**
 * The file name that stands for a component. `reserved` are the driver's own names, in lower case: a component
 * of that name is escaped, in any case of its letters.
 * @throws HoldfastError `storage.bad-path` when the name would be too long for the file system.
 */
export function toFileName(component: string, reserved: readonly string[] = []): string {
  const name = escapeComponent(component, reserved);
  if (Buffer.byteLength(name) > LONGEST_FILE_NAME) {
    const problem = detail('component-too-long', { bytes: LONGEST_FILE_NAME });
    throw new HoldfastError('storage.bad-path', { path: component, problem });
  }
  return name;
}

/**
 * The component that a file name stands for; undefined for a name that `toFileName` never gives, as other
 * programs may leave. Names that the file system decomposed (HFS+) are recognised.
 */
export function fromFileName(name: string, reserved: readonly string[] = []): string | undefined {
  const composed = name.normalize('NFC');
  const component = unescapeName(composed);
  if (component === undefined || componentProblem(component) !== undefined) return undefined;
  return escapeComponent(component, reserved) === composed ? component : undefined;
}

function escapeComponent(component: string, reserved: readonly string[]): string {
  const name = escapeUnsafe(component, reserved, false);
  // A name that is not composed would come back composed, or meet its composed twin, on macOS.
  return name.normalize('NFC') === name ? name : escapeUnsafe(component, reserved, true);
}

function escapeUnsafe(component: string, reserved: readonly string[], asciiOnly: boolean): string {
  const escapeFirst = DEVICE.test(component) || reserved.includes(component.toLowerCase());
  const characters = [...component];
  return characters
    .map((character, at) => {
      const unsafe =
        FORBIDDEN_ON_WINDOWS.test(character) ||
        (character === '=' && looksEscaped(characters, at)) ||
        ((character === '.' || character === ' ') && at === characters.length - 1) ||
        (at === 0 && escapeFirst) ||
        (asciiOnly && character > '\u007f');
      return unsafe ? escapeCharacter(character) : character;
    })
    .join('');
}

function looksEscaped(characters: readonly string[], at: number): boolean {
  return /^[0-9A-F]{2}$/.test(characters.slice(at + 1, at + 3).join(''));
}

function escapeCharacter(character: string): string {
  const hex = Buffer.from(character).toString('hex').toUpperCase();
  return hex.replace(/../g, '=$&');
}

function unescapeName(name: string): string | undefined {
  try {
    return name.replace(ESCAPES, (run) => utf8.decode(Buffer.from(run.replaceAll('=', ''), 'hex')));
  } catch {
    return undefined;
  }
}
