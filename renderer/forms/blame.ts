import { asOurs } from '../../shared/contract/reported.ts';
import { type Text, textOf } from '../../shared/errors/text.ts';
import type { DriverField } from '../../shared/model/driver.ts';
import { blamedField } from './form-model.ts';

/** The field that a refusal names, with what is wrong with it; empty when it names none of these. */
export function blamedFields(
  thrown: unknown,
  fields: readonly DriverField[],
): { readonly [field: string]: Text } {
  if (thrown === null || thrown === undefined) return {};
  const { code, params } = asOurs(thrown);
  const field = blamedField(textOf(params.what ?? '').en, fields);
  if (code !== 'general.invalid-input' || field === undefined) return {};
  return { [field]: textOf(params.problem ?? '') };
}
