import type { DriverField } from '../../../shared/model/driver.ts';
import type { Texts } from '../../i18n/use-text.ts';

/** What is set of a storage, in its driver's words; a secret only as set. */
export function optionFacts(
  fields: readonly DriverField[],
  options: { readonly [option: string]: unknown },
  { t, pick }: Pick<Texts, 't' | 'pick'>,
): readonly (readonly [label: string, value: string])[] {
  return fields
    .filter(({ name }) => options[name] !== undefined)
    .map((field) => {
      const value = options[field.name];
      if (field.secret) return [pick(field.label), t('storages:secretSet')];
      if (field.widget === 'file-content') return [pick(field.label), t('storages:contentSet')];
      if (typeof value === 'boolean') return [pick(field.label), t(value ? 'common:yes' : 'common:no')];
      return [pick(field.label), Array.isArray(value) ? value.join(', ') : String(value)];
    });
}
