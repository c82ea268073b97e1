import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/**
 * A channel of an SSH connection as a stream like any other: it can be destroyed, with an error or without, and says
 * so. The channel itself cannot, and is silent when the connection below it ends.
 */
export class TunnelStream extends Duplex {
  readonly #channel: ClientChannel;

  constructor(channel: ClientChannel) {
    // Where the far end closes, the SSH host tells of an end only: nobody is to go on writing into that.
    super({ allowHalfOpen: false });
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause();
    });
    channel.once('end', () => this.push(null));
    channel.once('close', () => this.#closed());
    channel.on('error', (error: Error) => this.destroy(error));
    // Paused until it is read: attaching to 'data' has set it flowing.
    channel.pause();
  }

  /** What has arrived is still read. */
  #closed(): void {
    if (this.readableEnded) this.destroy();
    else this.once('end', () => this.destroy());
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#channel.write(chunk)) done();
    else this.#channel.once('drain', () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // What nobody will read any more must not keep the channel open.
    this.#channel.resume();
    this.#channel.close();
    done(error);
  }
}
