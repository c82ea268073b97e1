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

const RIGHT_PASSPHRASE = 'right-archive-passphrase';
const ARCHIVE_PASSPHRASE = 'archive-passphrase';

/** What `addOpeningFlags` adds beside the passphrase. */
export interface OpeningOptions {
  readonly archiveKeyFile?: readonly string[];
  readonly signedBy?: readonly string[];
}

/** Ways to open a sealed archive that the vault has no key for, and whose archives to take. */
export function addOpeningFlags(command: Command, groups: FlagGroups): void {
  command.option('--archive-key-file <path>', 'open sealed archives with this key file; repeatable', add);
  command.option(
    '--signed-by <key>',
    'refuse archives that this signing key (its name or its public key) did not sign; repeatable',
    add,
  );
  addArchivePassphraseFlags(command, groups);
}

function add(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The passphrase that opens an archive, or that will seal it. */
export function addArchivePassphraseFlags(command: Command, groups: FlagGroups): void {
  addSecretFlags(command, groups, ARCHIVE_PASSPHRASE, 'the archive’s passphrase');
}

/** The passphrase of the right one of two archives, where it is another than that of the left one. */
export function addRightPassphraseFlags(command: Command, groups: FlagGroups): void {
  addSecretFlags(
    command,
    groups,
    RIGHT_PASSPHRASE,
    'the passphrase of the right archive, where it is another',
  );
}

interface FlagContext {
  readonly world: World;
  readonly secrets: SecretReader;
  readonly output: Output;
}

/** What `addOpeningFlags` met; undefined when nothing was given. `signersOf` tells the public keys behind a name. */
export async function readOpening(
  context: FlagContext,
  groups: FlagGroups,
  { archiveKeyFile = [], signedBy = [] }: OpeningOptions,
  signersOf: (text: string) => Promise<readonly string[]>,
): Promise<Opening | undefined> {
  const question = passphraseQuestion(context);
  const passphrase = await context.secrets.read(question, groups.loose.flags.get(ARCHIVE_PASSPHRASE));
  const keys = await Promise.all(archiveKeyFile.map((path) => context.world.readFile(path)));
  const signers = (await Promise.all(signedBy.map(signersOf))).flat();
  if (passphrase === undefined && keys.length === 0 && signers.length === 0) return undefined;
  return {
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(keys.length === 0 ? {} : { keys }),
    ...(signers.length === 0 ? {} : { signedBy: signers }),
  };
}

/**
 * The passphrase that new archives are to be sealed with; undefined when no flag asks for one: the environment's is
 * there to open archives, and must not seal others by surprise.
 */
export async function readNewPassphrase(
  context: FlagContext,
  groups: FlagGroups,
): Promise<string | undefined> {
  const given = groups.loose.flags.get(ARCHIVE_PASSPHRASE);
  if (given === undefined) return undefined;
  return context.secrets.read({ ...passphraseQuestion(context), twice: true }, given);
}

/** What `addRightPassphraseFlags` met; undefined when nothing was given. */
export function readRightPassphrase(context: FlagContext, groups: FlagGroups): Promise<string | undefined> {
  const question = {
    what: context.output.words(TEXTS.rightPassphrase),
    flag: `--${RIGHT_PASSPHRASE}`,
    variable: 'HOLDFAST_RIGHT_ARCHIVE_PASSPHRASE',
  };
  return context.secrets.read(question, groups.loose.flags.get(RIGHT_PASSPHRASE));
}

function passphraseQuestion({ output }: FlagContext) {
  return {
    what: output.words(TEXTS.archivePassphrase),
    flag: `--${ARCHIVE_PASSPHRASE}`,
    variable: 'HOLDFAST_ARCHIVE_PASSPHRASE',
  };
}
