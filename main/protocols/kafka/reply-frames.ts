import { UserError } from '@platformatic/kafka';

const LENGTH_BYTES = 4;
/** Larger replies than this does no broker send to what is asked here. */
const MOST_BYTES = 256 * 1024 * 1024;
/** An alert or a handshake of TLS, where a length should stand. */
const TLS_RECORDS: readonly number[] = [0x1503, 0x1603];

/** Cuts a stream of replies, each led by its length, into replies. */
export class ReplyFrames {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** The replies that are whole with this chunk, without their lengths. @throws Error where it cannot be a broker's */
  push(chunk: Buffer): readonly Buffer[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const replies: Buffer[] = [];
    for (let length = this.#nextLength(); length !== undefined; length = this.#nextLength()) {
      if (this.#bytes < LENGTH_BYTES + length) break;
      const all = this.#joined();
      replies.push(all.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
      this.#chunks = [all.subarray(LENGTH_BYTES + length)];
      this.#bytes -= LENGTH_BYTES + length;
    }
    return replies;
  }

  #nextLength(): number | undefined {
    if (this.#bytes < LENGTH_BYTES) return undefined;
    const first = this.#chunks[0];
    const head = first !== undefined && first.length >= LENGTH_BYTES ? first : this.#joined();
    const length = head.readUInt32BE(0);
    if (length <= MOST_BYTES) return length;
    if (TLS_RECORDS.includes(length >>> 16)) throw new UserError('Broker requires TLS.');
    throw new Error(`a reply of ${length} bytes`);
  }

  #joined(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
