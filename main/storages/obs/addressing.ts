import { isIP } from 'node:net';
import type { ObsOptions } from './options.ts';

/**
 * Whether the bucket stands in the path of a request instead of the host name. A host below an address or below
 * localhost cannot be resolved, and a certificate for `*.domain` does not cover a bucket with dots in its name.
 */
export function bucketInPath({
  endpoint,
  bucket,
  addressing,
}: Pick<ObsOptions, 'endpoint' | 'bucket' | 'addressing'>): boolean {
  if (addressing !== 'auto') return addressing === 'path';
  if (bucket.includes('.')) return true;
  if (endpoint === undefined) return false;
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 || host === 'localhost' || host.endsWith('.localhost') || !host.includes('.');
}
