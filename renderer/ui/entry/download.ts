import type { Key } from '../../../shared/order/key.ts';
import { client } from '../../connection/client.ts';
import { askOf, type Subject } from '../target/subject.ts';
import { bytesOf } from './bytes.ts';
import { saveFile } from './save-file.ts';

const RANGE = 1024 * 1024;

/** Reads a value whole, range by range, and hands it to the browser as a file. */
export async function downloadValue(
  subject: Subject,
  key: Key,
  size: number,
  signal: AbortSignal,
): Promise<void> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < size; ) {
    const { base64 } = await client.explore.value(
      { ...askOf(subject), key: [...key], offset, length: RANGE },
      { signal },
    );
    const bytes = bytesOf(base64);
    if (bytes.length === 0) break;
    parts.push(bytes);
    offset += bytes.length;
  }
  saveFile(new Blob(parts), `${key.at(-1) ?? 'root'}.bin`);
}
