import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { RestoreReport } from '../../../shared/model/restore-report.ts';
import { reportHtml } from '../../../shared/report/html.ts';
import { reportDocument } from '../../../shared/report/restore-report.ts';
import { reportText } from '../../../shared/report/text.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveRun } from '../session/resolve.ts';

type Form = 'json' | 'text' | 'html';

interface ReportOptions {
  readonly out?: string;
  readonly form?: Form;
}

const ENDINGS: { readonly [ending: string]: Form } = { json: 'json', html: 'html', htm: 'html' };

/** `restore report`: what a restore was to do, did, and left, as a document. */
export function restoreReportCommand(cli: Cli): Command {
  return new Command('report')
    .argument('<run>', 'the restore: an id, its beginning or "latest"')
    .description('tell what a restore was to do, did, and left')
    .option('--out <file>', 'write it to a file; .json and .html say in which form')
    .addOption(new Option('--form <form>', 'form of the report').choices(['json', 'text', 'html']))
    .action((run: string, options: ReportOptions) =>
      cli.execute((invocation) => report(invocation, run, options)),
    );
}

async function report(invocation: Invocation, run: string, { out, form }: ReportOptions): Promise<undefined> {
  const { world, output } = invocation;
  const client = await invocation.client();
  const found = await client.restores.report({ run: await resolveRun(client, run) });
  if (out === undefined) {
    await output.result(found, () => written(found, form ?? 'text', output.options.language));
    return;
  }
  const path = resolve(world.cwd, out);
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  await world.writeFile(path, written(found, form ?? ENDINGS[ending] ?? 'text', output.options.language));
  await output.result({ run: found.run.id, path }, () => `${output.words(TEXTS.written, { path })}\n`);
}

function written(found: RestoreReport, form: Form, language: 'en' | 'zh'): string {
  if (form === 'json') return `${JSON.stringify(found, undefined, 2)}\n`;
  const document = reportDocument(found, language);
  return form === 'html' ? reportHtml(document) : reportText(document);
}
