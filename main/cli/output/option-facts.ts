import { isSecretRef } from '../../../shared/options/secrets.ts';

/** A driver's options for a person; what stands in the vault reads `***`. */
export function optionFacts(
  options: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, optionText(value)] as const);
}

function optionText(value: unknown): string {
  if (isSecretRef(value)) return '***';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
