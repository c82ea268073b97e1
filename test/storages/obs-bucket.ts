import { S3Client } from '@aws-sdk/client-s3';
import type { Storage, StorageContext } from '../../main/storages/contract.ts';
import obs from '../../main/storages/obs.ts';
import type { VersitygwServer } from '../servers/versitygw.ts';
import { storageContext } from './storage-context.ts';

/** Options of the driver `obs` for a bucket of a test server, as its root account. */
export function obsOptions(server: VersitygwServer, bucket: string): Readonly<Record<string, unknown>> {
  const { endpoint, region, root, certificates } = server;
  return { endpoint, region, bucket, ...root, ...(certificates && { ca: certificates.ca }) };
}

/** Opens a storage with these options, others at their defaults. */
export async function openObs(
  options: Readonly<Record<string, unknown>>,
  context: Partial<StorageContext> = {},
): Promise<Storage> {
  return await obs.connect(obs.options.parse(options), { ...storageContext, ...context });
}

/** A client of the SDK itself, as the server's root account, to prepare and to check. */
export function rootClient(server: VersitygwServer): S3Client {
  const { endpoint, region, root } = server;
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: root.accessKey, secretAccessKey: root.secretKey },
  });
}

/** A bucket policy by which an account may look at everything and change nothing. */
export function readOnlyPolicy(bucket: string, account: string): string {
  return policyOf(bucket, account, ['s3:ListBucket', 's3:GetObject']);
}

/** A bucket policy by which an account may do these things. */
export function policyOf(bucket: string, account: string, actions: readonly string[]): string {
  const Principal = { AWS: [account] };
  const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: actions, Resource }],
  });
}
