import { asOurs } from '../../../shared/contract/reported.ts';

const SEALED = new Set(['archive.key-missing', 'archive.wrong-passphrase', 'archive.wrong-key']);

/** Whether an error says that an archive is sealed and was not opened. */
export function isSealed(error: unknown): boolean {
  return error !== null && error !== undefined && SEALED.has(asOurs(error).code);
}
