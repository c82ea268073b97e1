import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { bucketInPath } from './addressing.ts';
import { classify, type ErrorSurroundings } from './classify.ts';
import type { ObsOptions } from './options.ts';

/** Requests at once: of eight calls of the contract, each with the parts of an upload. */
const MOST_CONNECTIONS = 128;

/** What a request is sent with. */
export interface RequestOptions {
  readonly abortSignal?: AbortSignal;
}

/** One bucket of an S3 service: sends requests, once each, and classifies what they fail with. */
export class Bucket {
  readonly name: string;
  readonly #client: S3Client;
  readonly #surroundings: ErrorSurroundings;

  /** `now` is what requests are signed with: a service refuses a clock that is minutes off. */
  constructor(options: ObsOptions, now: Date) {
    this.name = options.bucket;
    this.#client = createClient(options, now);
    this.#surroundings = {
      bucket: options.bucket,
      endpoint: options.endpoint ?? `AWS ${options.region}`,
      secrets: [options.secretKey, options.sessionToken].filter((secret) => secret !== undefined),
    };
  }

  /**
   * Sends a request on behalf of an object.
   * @throws HoldfastError of the table; the signal's reason once it has fired.
   */
  async request<T>(
    path: string,
    signal: AbortSignal | undefined,
    send: (client: S3Client, options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await send(this.#client, signal === undefined ? {} : { abortSignal: signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw this.classify(error, path);
    }
  }

  classify(error: unknown, path: string): unknown {
    return classify(error, path, this.#surroundings);
  }

  /**
   * Whether the bucket is there and may be listed below `prefix`. The answer to a listing names what is wrong,
   * that to a HEAD does not.
   */
  async check(prefix: string, signal: AbortSignal | undefined): Promise<void> {
    const input = { Bucket: this.name, Prefix: prefix, MaxKeys: 1 };
    const page = await this.request(prefix, signal, (client, options) =>
      client.send(new ListObjectsV2Command(input), options),
    );
    // Whatever is XML reads as an empty listing, a web site's page too.
    if (page.Name === undefined && page.IsTruncated === undefined) {
      throw new HoldfastError('storage.breaks-contract', { problem: detail('not-s3') });
    }
  }

  /** What the service tells of an object; undefined when there is none. */
  async head(
    key: string,
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<HeadObjectCommandOutput | undefined> {
    const input = { Bucket: this.name, Key: key };
    try {
      return await this.request(path, signal, (client, options) =>
        client.send(new HeadObjectCommand(input), options),
      );
    } catch (error) {
      if (!(error instanceof HoldfastError) || !UNEXPLAINED.includes(error.code)) throw error;
      // A missing bucket, or a clock that is off, looks the same.
      await this.check(key, signal);
      if (error.code === 'storage.missing') return undefined;
      throw error;
    }
  }

  close(): void {
    this.#client.destroy();
  }
}

const UNEXPLAINED: readonly string[] = ['storage.missing', 'storage.denied'];

function createClient(options: ObsOptions, now: Date): S3Client {
  const { endpoint, region, accessKey, secretKey, sessionToken, ca } = options;
  const agent = { keepAlive: true, maxSockets: MOST_CONNECTIONS };
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    region,
    credentials: {
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    forcePathStyle: bucketInPath(options),
    systemClockOffset: now.getTime() - Date.now(),
    requestHandler: {
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent({ ...agent, ...(ca === undefined ? {} : { ca }) }),
      connectionTimeout: options.connectTimeout * 1000,
      socketTimeout: options.silenceTimeout * 1000,
    },
    // What is retried, and how often, is for with/retry to decide.
    maxAttempts: 1,
    // The SDK's own checksums are in trailers that only newer services know; ours are in Content-MD5.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // It would take a connection of its own for each part, one that does not know the authority.
    expectContinueHeader: false,
    // Nothing from the environment or from AWS's files.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    defaultsMode: 'standard',
  });
}
