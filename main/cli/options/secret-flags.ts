import { type Command, Option } from 'commander';
import type { Opening } from '../../../shared/model/target.ts';
import type { Output } from '../output/output.ts';
import { TEXTS } from '../output/texts.ts';
import type { World } from '../world.ts';
import type { FlagGroups } from './flag-groups.ts';
import type { SecretReader } from './read-secret.ts';

/** Makes a command take a secret by `--NAME-file`, `--NAME-stdin` or `--NAME-prompt`; `--NAME x` is refused. */
export function addSecretFlags(command: Command, groups: FlagGroups, name: string, what: string): void {
  const shapes = [
    [new Option(`--${name}-file <path>`, `read ${what} from a file`), 'file'],
    [new Option(`--${name}-stdin`, `read ${what} from standard input`), 'stdin'],
    [new Option(`--${name}-prompt`, `ask for ${what}`), 'prompt'],
    [new Option(`--${name} [value]`).hideHelp(), 'value'],
  ] as const;
  for (const [option, form] of shapes) {
    command.addOption(option);
    // A value given to the refused form is dropped at once.
    command.on(`option:${option.name()}`, (value: string | null) =>
      groups.giveLoose(name, form, form === 'file' ? (value ?? '') : undefined),
    );
  }
}

const ARCHIVE_PASSPHRASE = 'archive-passphrase';

/** Ways to open a sealed archive that the vault has no key for. */
export function addOpeningFlags(command: Command, groups: FlagGroups): void {
  command.option('--archive-key-file <path...>', 'open sealed archives with this key file');
  addSecretFlags(command, groups, ARCHIVE_PASSPHRASE, 'the archive’s passphrase');
}

/** What `addOpeningFlags` met; undefined when nothing was given. */
export async function readOpening(
  context: { readonly world: World; readonly secrets: SecretReader; readonly output: Output },
  groups: FlagGroups,
  keyFiles: readonly string[] | undefined,
): Promise<Opening | undefined> {
  const question = {
    what: context.output.words(TEXTS.archivePassphrase),
    flag: `--${ARCHIVE_PASSPHRASE}`,
    variable: 'HOLDFAST_ARCHIVE_PASSPHRASE',
  };
  const passphrase = await context.secrets.read(question, groups.loose.flags.get(ARCHIVE_PASSPHRASE));
  const keys = await Promise.all((keyFiles ?? []).map((path) => context.world.readFile(path)));
  if (passphrase === undefined && keys.length === 0) return undefined;
  return { ...(passphrase === undefined ? {} : { passphrase }), ...(keys.length === 0 ? {} : { keys }) };
}
