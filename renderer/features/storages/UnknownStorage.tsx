import { HoldfastError } from '../../../shared/errors/error.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

/** Stands for a storage that the address names and nobody knows: removed meanwhile, or mistyped. */
export function UnknownStorage({ name }: { readonly name: string }) {
  return <ErrorPanel error={new HoldfastError('catalog.no-storage', { name })} />;
}
