import { resolve } from 'node:path';
import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { clusterExport } from '../../../shared/model/cluster-export.ts';
import { validate } from '../../../shared/options/parse.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addSecretFlags } from '../options/secret-flags.ts';
import { TEXTS } from '../output/texts.ts';

const PASSPHRASE = 'passphrase';

interface ExportOptions {
  readonly out: string;
}

/** `cluster export`: definitions for another installation. */
export function clusterExportCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('export')
    .argument('[name...]', 'the clusters (default: all)')
    .description(
      'write definitions of clusters to a file; secrets are left out, or sealed under a passphrase',
    )
    .requiredOption('--out <file>', 'file to write');
  addSecretFlags(command, groups, PASSPHRASE, 'the passphrase that seals the secrets');
  return command.action((names: readonly string[], options: ExportOptions) =>
    cli.execute((invocation) => exportClusters(invocation, names, options, groups)),
  );
}

/** `cluster import`: takes such definitions in. */
export function clusterImportCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('import')
    .argument('<file>', 'what `cluster export` wrote')
    .description('add the clusters of an export; one whose name is taken gets another');
  addSecretFlags(command, groups, PASSPHRASE, 'the passphrase that the secrets are sealed under');
  return command.action((file: string) =>
    cli.execute((invocation) => importClusters(invocation, file, groups)),
  );
}

async function exportClusters(
  invocation: Invocation,
  names: readonly string[],
  { out }: ExportOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const { world, output } = invocation;
  const passphrase = await readPassphrase(invocation, groups, true);
  const client = await (passphrase === undefined ? invocation.client() : invocation.unlockedClient());
  const document = await client.clusters.export({
    names: [...names],
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  const path = resolve(world.cwd, out);
  await world.writeFile(path, `${JSON.stringify(document, undefined, 2)}\n`);
  const clusters = document.clusters.map(({ name }) => name);
  await output.result({ path, clusters }, () => `${output.words(TEXTS.written, { path })}\n`);
}

async function importClusters(invocation: Invocation, file: string, groups: FlagGroups): Promise<undefined> {
  const { world, output } = invocation;
  const text = await world.readFile(resolve(world.cwd, file));
  const clusters = validate(clusterExport, parseJson(file, text), file);
  const passphrase = await readPassphrase(invocation, groups, false);
  const client = await invocation.unlockedClient();
  const found = await client.clusters.import({
    clusters,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  await output.result(found, () =>
    [
      ...found.added.map(({ name }) => output.words(TEXTS.added, { kind: output.word('cluster'), name })),
      ...found.needed.map(({ cluster, service, secrets }) =>
        output.words(TEXTS.secretsNeeded, { cluster, service, secrets: secrets.join(', ') }),
      ),
      '',
    ].join('\n'),
  );
}

function readPassphrase(
  { secrets, output }: Invocation,
  groups: FlagGroups,
  twice: boolean,
): Promise<string | undefined> {
  const given = groups.loose.flags.get(PASSPHRASE);
  if (given === undefined) return Promise.resolve(undefined);
  const what = output.words(TEXTS.exportPassphrase);
  return secrets.read(
    { what, flag: `--${PASSPHRASE}`, variable: 'HOLDFAST_EXPORT_PASSPHRASE', ...(twice ? { twice } : {}) },
    given,
  );
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HoldfastError('general.invalid-input', { what, problem: detail('not-json') }, error);
  }
}
