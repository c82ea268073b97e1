import { Command, Option } from 'commander';
import { type AuditEntry, auditOutcome } from '../../../shared/model/audit.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { type TimeOptions, timesOf, withTimeOptions } from '../options/span.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { instantText } from '../output/quantity.ts';
import { table } from '../output/table.ts';

interface AuditOptions extends TimeOptions {
  readonly limit: number;
  readonly user?: string;
  readonly action?: string;
  readonly outcome?: AuditEntry['outcome'];
}

const DEFAULT_LIMIT = 100;

/** `audit list`: who changed what. */
export function auditCommand(cli: Cli): Command {
  const command = new Command('audit').description('who changed what, through a host or a command');
  const listing = command
    .command('list')
    .description('list the last changes, sign-ins and refusals')
    .option('--limit <n>', 'most entries to show', wholeNumber('--limit'), DEFAULT_LIMIT)
    .option('--user <name>', 'only what this user did')
    .option('--action <name>', 'only this, such as tasks.run, or tasks for whatever is done to tasks')
    .addOption(new Option('--outcome <outcome>', 'only what ended so').choices(auditOutcome.options));
  withTimeOptions(listing).action((options: AuditOptions) =>
    cli.execute((invocation) => list(invocation, options)),
  );
  return command;
}

async function list({ world, output, dataDirectory }: Invocation, options: AuditOptions): Promise<undefined> {
  const { limit, user, action, outcome, ...times } = options;
  const entries = await world.readAudit(dataDirectory, {
    limit,
    ...(user === undefined ? {} : { user }),
    ...(action === undefined ? {} : { procedure: action }),
    ...(outcome === undefined ? {} : { outcome }),
    ...timesOf(times),
  });
  await output.result(entries, () =>
    table<AuditEntry>(
      [
        { title: output.heading('at'), cell: ({ at }) => instantText(at) },
        {
          title: output.heading('user'),
          cell: ({ user, role }) => (role === undefined ? user : `${user} (${role})`),
        },
        {
          title: output.heading('from'),
          cell: ({ remote, face }) => (remote === undefined ? face : `${face} ${remote}`),
        },
        { title: output.heading('did'), cell: ({ procedure }) => procedure },
        { title: output.heading('to'), cell: ({ subject }) => subjectText(subject) },
        {
          title: output.heading('outcome'),
          cell: ({ outcome, code }) => (code === undefined ? outcome : `${outcome} ${code}`),
        },
      ],
      entries,
    ),
  );
}

function subjectText(subject: AuditEntry['subject']): string {
  return Object.entries(subject)
    .map(([member, value]) => `${member}=${value}`)
    .join(' ');
}
