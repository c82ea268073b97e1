import { HoldfastError } from '../../../shared/errors/error.ts';
import type { SignatureState } from '../../archive/index.ts';
import type { EngineContext } from '../context.ts';

/** The member that says who signed, for what is kept or told of an archive. */
export function signerOf(signature: SignatureState | undefined): { readonly signer?: string } {
  return signature?.signed === true ? { signer: signature.signer } : {};
}

/** Where an archive comes from, as the catalog says; for a file, as it says itself. */
export interface Origin {
  readonly task: string | undefined;
  readonly service: string;
}

/**
 * Refuses an archive that nobody signed who should have. An archive of a task that signs must be signed by the task's
 * key, or by one of the same name that took its place.
 * @throws HoldfastError `archive.not-signed`, `archive.signer-mismatch`; `secrets.locked` when only the vault can tell
 */
export async function refuseStranger(
  context: EngineContext,
  signature: SignatureState,
  { task, service }: Origin,
): Promise<void> {
  const definition = task === undefined ? undefined : context.catalog.tasks.find(task);
  const expected = definition?.sources.find((source) => source.service === service)?.signer;
  if (expected === undefined) return;
  const { signer } = signerOf(signature);
  if (signer !== undefined && signer !== expected && (await tookPlace(context, expected, signer))) return;
  refuseOthers(signature, [expected]);
}

/** Refuses an archive that none of these keys signed. @throws HoldfastError `archive.not-signed`, `archive.signer-mismatch` */
export function refuseOthers(signature: SignatureState, expected: readonly string[]): void {
  if (!signature.signed) throw new HoldfastError('archive.not-signed', { expected });
  const found = signature.signer;
  if (!expected.includes(found)) throw new HoldfastError('archive.signer-mismatch', { expected, found });
}

/** Whether both are keys of one name: a rotation made one of the other. */
async function tookPlace(
  { vault, signingKeys }: EngineContext,
  one: string,
  other: string,
): Promise<boolean> {
  if ((await vault.state()) === 'absent') return false;
  const keys = await signingKeys.list();
  const name = keys.find(({ id }) => id === one)?.name;
  return name !== undefined && keys.some((key) => key.id === other && key.name === name);
}
