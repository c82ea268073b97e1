import { z } from 'zod';

/** Who signs archives: an Ed25519 public key (RFC 8032), 32 bytes in lower-case hex. */
export const signerKey = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits are needed');
