import { expect, it } from 'vitest';
import { Cli } from '../../../main/cli/cli.ts';
import { buildProgram } from '../../../main/cli/program.ts';
import { sourceDrivers } from '../../../main/sources/registry.ts';
import { storageDrivers } from '../../../main/storages/registry.ts';
import { describeFields, type FieldDescription } from '../../../shared/options/describe.ts';
import { fakeWorld } from './fake-world.ts';

const described = [
  ...sourceDrivers.flatMap(({ options, selection }) => [describeFields(options), describeFields(selection)]),
  ...storageDrivers.map(({ options }) => describeFields(options)),
].flat();

it('the registered drivers fit every command together', () => {
  const world = { ...fakeWorld([]), sources: sourceDrivers, storages: storageDrivers };
  expect(() => buildProgram(new Cli(world))).not.toThrow();
});

it('fields of one name have one form, for they share a flag', () => {
  const form = ({ type, meta }: FieldDescription) =>
    [
      type.kind === 'boolean',
      type.kind === 'list',
      meta.secret === true,
      meta.widget === 'file-content',
    ].join();
  const forms = new Map<string, string>();
  for (const field of described) {
    const known = forms.get(field.flag) ?? form(field);
    expect([field.flag, form(field)]).toEqual([field.flag, known]);
    forms.set(field.flag, known);
  }
});

it('options and selection of one source have different names, for they stand behind one --source', () => {
  for (const { id, options, selection } of sourceDrivers) {
    const names = new Set(describeFields(options).map(({ flag }) => flag));
    const both = describeFields(selection).filter(({ flag }) => names.has(flag));
    expect([id, both]).toEqual([id, []]);
  }
});
