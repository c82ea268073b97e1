import { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { browseCommand } from './commands/browse.ts';
import { clusterCommand } from './commands/cluster.ts';
import { diffCommand } from './commands/diff.ts';
import { driverCommand } from './commands/driver.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keyCommand } from './commands/key.ts';
import { openCommand } from './commands/open.ts';
import { changesCommand, overviewCommand } from './commands/overview.ts';
import { pointCommand } from './commands/point.ts';
import { restoreCommand } from './commands/restore.ts';
import { runCommand } from './commands/run.ts';
import { scheduleCommand } from './commands/schedule.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { storageCommand } from './commands/storage.ts';
import { supportBundleCommand } from './commands/support-bundle.ts';
import { taskCommand } from './commands/task.ts';
import { userCommand } from './commands/user.ts';
import { valueCommand } from './commands/value.ts';
import { vaultCommand } from './commands/vault.ts';
import { verifyCommand } from './commands/verify.ts';

const COMMANDS = [
  overviewCommand,
  clusterCommand,
  storageCommand,
  taskCommand,
  scheduleCommand,
  backupCommand,
  runCommand,
  pointCommand,
  browseCommand,
  valueCommand,
  searchCommand,
  diffCommand,
  verifyCommand,
  restoreCommand,
  inspectCommand,
  vaultCommand,
  keyCommand,
  driverCommand,
  changesCommand,
  openCommand,
  serveCommand,
  userCommand,
  auditCommand,
  supportBundleCommand,
];

const EPILOGUE = `
A first backup, proved and restored:
  holdfast cluster add lab --environment test --source zookeeper --connect-string 127.0.0.1:2181
  holdfast storage add disk --driver local --directory /var/backups/holdfast
  holdfast task create nightly --cluster lab --storage disk --consent-sensitive
  holdfast task run nightly
  holdfast verify latest:nightly
  holdfast diff latest:nightly cluster:lab
  holdfast restore latest:nightly --dry-run
  holdfast restore latest:nightly

A task either seals its archives (--archive-key, --archive-passphrase-prompt) or says with --consent-sensitive that
the cluster's own secrets may lie in the storage in the clear.

Points are named by their id or its beginning, or latest:TASK; files by their path; live state by cluster:NAME.
Where a host runs on the data directory (holdfast serve), commands drive it; else they do the work themselves.

Exit codes: 0 done, 1 differences found, 2 wrong input, 3 wrong setting or failed check, 4 access refused,
5 network, 6 not found, 7 conflict, 8 no space, 9 damaged data, 10 not supported, 11 cancelled,
12 ended incomplete, 70 defect.`;

interface BuiltProgram {
  readonly program: Command;
  /** The help that was asked for. */
  readonly printed: () => string;
  /** The command that was not used as it can be, with those above it: `holdfast task create`. */
  readonly misused: () => string;
}

/** The whole command line. */
export function buildProgram(cli: Cli): BuiltProgram {
  let help = '';
  let misused = 'holdfast';
  const program = new Command('holdfast')
    .description('Backs up, proves and restores the state that a data platform cannot be rebuilt without.')
    .version(cli.world.version)
    .option('--data-dir <path>', 'data directory (env HOLDFAST_DATA_DIR)')
    .option('--json', 'results and errors as JSON on stdout, one document or one line an event')
    .option('--quiet', 'only results and errors')
    .addOption(
      new Option('--lang <language>', 'language of messages (default from LANG)').choices(['en', 'zh']),
    )
    .addHelpText('after', EPILOGUE)
    .hook('preAction', () => cli.readGlobals(program));
  for (const command of COMMANDS) program.addCommand(command(cli));
  const print = (text: string) => {
    help += text;
  };
  for (const command of withDescendants(program)) {
    command.exitOverride((error) => {
      misused = pathOf(command);
      throw error;
    });
    command.configureOutput({
      writeOut: print,
      writeErr: print,
      // Usage errors are thrown and then told like all others.
      outputError: () => undefined,
      getOutHelpWidth: () => cli.world.stdout.columns,
      getErrHelpWidth: () => cli.world.stdout.columns,
    });
  }
  return { program, printed: () => help, misused: () => misused };
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
