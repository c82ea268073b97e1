import { printable } from './printable.ts';
import type { ReportDocument, ReportSection } from './restore-report.ts';

/** A report as plain text: tables are separated by tabs. */
export function reportText({ title, sections }: ReportDocument): string {
  const heading = printable(title);
  return [heading, '='.repeat(heading.length), '', ...sections.flatMap(sectionLines)].join('\n');
}

function sectionLines({ title, facts = [], table }: ReportSection): string[] {
  return [
    title,
    '-'.repeat(title.length),
    ...facts.map(([name, value]) => `${name}: ${printable(value)}`),
    ...(table === undefined ? [] : [table.head, ...table.rows].map((row) => row.map(printable).join('\t'))),
    '',
  ];
}
