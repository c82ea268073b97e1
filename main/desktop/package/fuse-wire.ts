import { readFile } from 'node:fs/promises';

/** Stands in every Electron before its fuses: one byte of version, one of length, then one byte for each fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;

/** The fuses of version 1 in their order, by the names that electron-builder has for them. */
export const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export type Fuse = (typeof FUSES)[number];

const STATES: Readonly<Record<string, boolean | undefined>> = { '0': false, '1': true };

/**
 * The fuses that an Electron program has, and how they are set; older ones have fewer. Undefined: the program took it
 * out. `unknown` counts those that came after what is known here.
 * @see https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export async function readFuses(
  program: string,
): Promise<{ readonly fuses: ReadonlyMap<Fuse, boolean | undefined>; readonly unknown: number }> {
  const bytes = await readFile(program);
  const at = bytes.indexOf(SENTINEL) + SENTINEL.length;
  if (at < SENTINEL.length) throw new Error(`${program} has no fuses: it is no Electron`);
  const [version, length = 0] = bytes.subarray(at, at + 2);
  if (version !== VERSION) throw new Error(`${program} has fuses of version ${version}, known is ${VERSION}`);
  const wire = bytes.toString('latin1', at + 2, at + 2 + length);
  const known = FUSES.slice(0, length);
  return {
    fuses: new Map(known.map((fuse, index) => [fuse, STATES[wire[index] ?? '']])),
    unknown: length - known.length,
  };
}
