import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { DriverField, SourceDescription, StorageDescription } from '../../../shared/model/driver.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import type { Output } from '../output/output.ts';
import { facts, table } from '../output/table.ts';

type Description = SourceDescription | StorageDescription;

/** `driver list|show`: the kinds of source and storage there are. */
export function driverCommand(cli: Cli): Command {
  const command = new Command('driver').description('the kinds of source and storage that there are');
  command
    .command('list')
    .description('list the drivers')
    .action(() => cli.execute(list));
  command
    .command('show <driver>')
    .description('show what a driver asks for, captures and may do')
    .action((id: string) => cli.execute((invocation) => show(invocation, id)));
  return command;
}

async function list(invocation: Invocation): Promise<undefined> {
  const { output } = invocation;
  const drivers = await (await invocation.client()).drivers.list({});
  const rows = [
    ...drivers.sources.map((driver) => ({ role: 'source', driver })),
    ...drivers.storages.map((driver) => ({ role: 'storage', driver })),
  ];
  await output.result(drivers, () =>
    table(
      [
        { title: output.heading('driver'), cell: ({ driver }) => driver.id },
        { title: output.heading('for'), cell: ({ role }) => role },
        { title: output.heading('name'), cell: ({ driver }) => output.words(driver.label) },
        { title: output.heading('what'), cell: ({ driver }) => output.words(driver.summary) },
      ],
      rows,
    ),
  );
}

async function show(invocation: Invocation, id: string): Promise<undefined> {
  const { sources, storages } = await (await invocation.client()).drivers.list({});
  const all: readonly Description[] = [...sources, ...storages];
  const found = all.find((driver) => driver.id === id);
  if (found === undefined) {
    const known = all.map((driver) => driver.id).join(', ');
    throw new HoldfastError('general.invalid-input', {
      what: detail('driver-named', { id }),
      problem: detail('known', { known }),
    });
  }
  await invocation.output.result(found, () => driverDetails(found, invocation));
}

function driverDetails(driver: Description, { output }: Invocation): string {
  const head = facts([
    [output.word('driver'), driver.id],
    [output.word('name'), output.words(driver.label)],
    [output.word('what'), output.words(driver.summary)],
    ...('dataSource' in driver ? [[output.word('data source'), driver.dataSource] as const] : []),
  ]);
  const fields = [...driver.options, ...('selection' in driver ? driver.selection : [])];
  const kinds = 'kinds' in driver ? driver.kinds : [];
  const kindTable = table(
    [
      { title: output.heading('kind'), cell: ({ kind }) => kind },
      {
        title: output.heading('comes back'),
        cell: ({ fidelity, sensitive }) => fidelity + (sensitive ? ', sensitive' : ''),
      },
      {
        title: output.heading('remark'),
        cell: ({ remark }) => (remark === undefined ? '' : output.words(remark)),
      },
    ],
    kinds,
  );
  const account = driver.account[output.options.language];
  return `${head}\n${fieldTable(fields, output)}${kinds.length === 0 ? '' : `\n${kindTable}`}\n${account}\n`;
}

function fieldTable(fields: readonly DriverField[], output: Output): string {
  return table<DriverField>(
    [
      { title: output.heading('option'), cell: ({ flag }) => `--${flag}` },
      {
        title: output.heading('type'),
        cell: ({ type }) => (type.kind === 'choice' ? type.choices.join('|') : type.kind),
      },
      {
        title: output.heading('needed'),
        cell: ({ required, secret }) =>
          [required && output.word('yes'), secret && output.word('secret')].filter(Boolean).join(', '),
      },
      { title: output.heading('what'), cell: ({ label }) => output.words(label) },
    ],
    fields,
  );
}
