import { open } from 'node:fs/promises';
import type { Arch, Target } from '../target.ts';

/** Bytes of a file that hold all the headers that are read here. */
const HEADER = 4096;

/** `e_machine` of ELF, `cputype` of Mach-O, `Machine` of PE. */
const ELF: Readonly<Record<number, Arch>> = { 62: 'x64', 183: 'arm64' };
const MACH_O: Readonly<Record<number, Arch>> = { 16777223: 'x64', 16777228: 'arm64' };
const PE: Readonly<Record<number, Arch>> = { 34404: 'x64', 43620: 'arm64' };

const ELF_MAGIC = 0x7f454c46;
const MACH_O_MAGIC = 0xfeedfacf;
const MZ = 0x4d5a;
const PE_MAGIC = 0x50450000;

/** The system that a program or library was compiled for, told by its header; undefined for any other file. */
export async function targetOfBinary(file: string): Promise<Target | undefined> {
  const header = await readHeader(file);
  if (header.length < 64) return undefined;
  if (header.readUInt32BE(0) === ELF_MAGIC) return target('linux', ELF[header.readUInt16LE(18)]);
  if (header.readUInt32LE(0) === MACH_O_MAGIC) return target('darwin', MACH_O[header.readUInt32LE(4)]);
  const start = header.readUInt16BE(0) === MZ ? header.readUInt32LE(0x3c) : header.length;
  if (start + 6 > header.length || header.readUInt32BE(start) !== PE_MAGIC) return undefined;
  return target('win32', PE[header.readUInt16LE(start + 4)]);
}

function target(platform: Target['platform'], arch: Arch | undefined): Target | undefined {
  return arch === undefined ? undefined : { platform, arch };
}

async function readHeader(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER), 0, HEADER, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
