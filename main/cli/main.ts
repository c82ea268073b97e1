import { CommanderError } from 'commander';
import { EXIT_CODES } from '../../shared/errors/category.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { Cli } from './cli.ts';
import { buildProgram } from './program.ts';
import type { World } from './world.ts';

const HELP_CODES = ['commander.help', 'commander.helpDisplayed', 'commander.version'];

/** Runs the command line once and gives the exit code. Nothing is thrown. */
export async function runCli(world: World): Promise<number> {
  const cli = new Cli(world);
  const { program, printed, misused } = buildProgram(cli);
  try {
    await program.parseAsync([...world.argv], { from: 'user' });
  } catch (error) {
    cli.readGlobals(program);
    if (!(error instanceof CommanderError)) await cli.fail(error);
    else if (!HELP_CODES.includes(error.code)) await cli.fail(usageError(error, misused()));
    // `holdfast` and `holdfast task` alone show what there is, but were not what can be done.
    else if (error.exitCode !== 0) cli.exitCode = EXIT_CODES.input;
  }
  await world.stdout.write(printed());
  return cli.exitCode;
}

function usageError(error: CommanderError, command: string): HoldfastError {
  const problem = error.message.replace(/^error: /, '');
  return new HoldfastError('cli.usage', { problem, command });
}
