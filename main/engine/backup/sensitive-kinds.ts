import { HoldfastError } from '../../../shared/errors/error.ts';
import type { SourceDriver } from '../../sources/contract.ts';

/** The kinds of object that hold secrets of the cluster itself. */
export function sensitiveKinds(driver: Pick<SourceDriver, 'kinds'>): string[] {
  return driver.kinds.filter((kind) => kind.sensitive === true).map((kind) => kind.kind);
}

/** @throws HoldfastError `engine.consent-needed` when such kinds would be stored in the clear and nobody agreed. */
export function refuseExposure(
  driver: Pick<SourceDriver, 'kinds'>,
  service: string,
  { sealed, consent }: { readonly sealed: boolean; readonly consent: boolean },
): void {
  const kinds = sensitiveKinds(driver);
  if (kinds.length === 0 || sealed || consent) return;
  throw new HoldfastError('engine.consent-needed', { service, kinds });
}
