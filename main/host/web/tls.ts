import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { HoldfastError } from '../../../shared/errors/error.ts';

/** Milliseconds between two looks at whether the certificate was renewed. */
const LOOK_MILLISECONDS = 60_000;

/** Files in PEM form. */
export interface TlsFiles {
  /** The certificate, and those between it and its root. */
  readonly certificate: string;
  readonly key: string;
}

interface TlsTexts {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** What the host proves itself with. */
export interface TlsIdentity {
  current(): TlsTexts;
  /** Calls back when the files were replaced by others that fit each other; the result stops that. */
  onChange(listener: (texts: TlsTexts) => void): () => void;
}

/**
 * Reads the certificate and its key, and again whenever they change: certificates are renewed while hosts run.
 * @throws HoldfastError `host.tls-unusable`
 */
export async function readTlsIdentity(
  files: TlsFiles,
  onProblem: (error: unknown) => void,
  every = LOOK_MILLISECONDS,
): Promise<TlsIdentity> {
  let texts = await readPair(files);
  let seen = await changedAt(files);
  const look = async (listener: (texts: TlsTexts) => void) => {
    const now = await changedAt(files);
    if (now === seen) return;
    seen = now;
    texts = await readPair(files);
    listener(texts);
  };
  return {
    current: () => texts,
    onChange: (listener) => {
      const timer = setInterval(() => void look(listener).catch(onProblem), every);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

async function readPair({ certificate, key }: TlsFiles): Promise<TlsTexts> {
  try {
    const [cert, secret] = await Promise.all([readFile(certificate), readFile(key)]);
    const texts = { cert, key: secret };
    // Fails now rather than at the first visit.
    createSecureContext(texts);
    return texts;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('host.tls-unusable', { certificate, key, problem }, error);
  }
}

async function changedAt({ certificate, key }: TlsFiles): Promise<string> {
  const found = await Promise.all([certificate, key].map((file) => stat(file).catch(() => undefined)));
  return found.map((file) => `${file?.mtimeMs}-${file?.size}`).join();
}
