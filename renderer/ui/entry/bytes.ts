/** The bytes that base64 stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

const CHUNK = 0x8000;

/** Base64 of the bytes, in lines of 76 characters as mail has them. */
export function base64Lines(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return btoa(binary).replace(/.{76}(?=.)/g, '$&\n');
}

const WIDTH = 8;

/** Offset, bytes and characters, eight bytes a line: what fits beside a table. `start` is the first byte's offset. */
export function hexLines(bytes: Uint8Array, start = 0): string {
  const lines: string[] = [];
  for (let i = 0; i < bytes.length; i += WIDTH) {
    const row = bytes.subarray(i, i + WIDTH);
    const pairs = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const offset = (start + i).toString(16).padStart(8, '0');
    lines.push(`${offset}  ${pairs.padEnd(WIDTH * 3 - 1)}  ${Array.from(row, visible).join('')}`);
  }
  return lines.join('\n');
}

function visible(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}
