import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { FooterSigner } from '../layout/footer.ts';
import type { RandomBytes } from './key-file.ts';

/** DER around a raw Ed25519 key (RFC 8410), which is how node:crypto takes and gives one. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SEED_LENGTH = 32;

/** What signs archives. */
export interface Signer {
  /** Ed25519 seed (RFC 8032), 32 bytes. */
  readonly privateKey: Uint8Array;
}

/** Makes a signing key; the public key is hex. */
export function createSigningKey(random: RandomBytes = randomBytes): Signer & { readonly publicKey: string } {
  const privateKey = random(SEED_LENGTH);
  return { privateKey, publicKey: signerOf(privateKey) };
}

/** The public key, hex, that belongs to a private one. */
export function signerOf(privateKey: Uint8Array): string {
  return publicKeyOf(privateKey).toString('hex');
}

/** Signs footers with this key. */
export function footerSigner(signer: Signer): FooterSigner {
  const key = privateKeyObject(signer.privateKey);
  return { publicKey: publicKeyOf(signer.privateKey), sign: (message) => sign(null, message, key) };
}

/** Whether the signature is by the holder of this public key (raw, 32 bytes). */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
  return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
}

function privateKeyObject(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(seed: Uint8Array): Buffer {
  const der = createPublicKey(privateKeyObject(seed)).export({ format: 'der', type: 'spki' });
  return der.subarray(PUBLIC_PREFIX.length);
}
