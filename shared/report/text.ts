import type { ReportDocument, ReportSection } from './restore-report.ts';

/** Control characters would let a name from a cluster write to the reader's terminal. */
const CONTROL = /\p{Cc}/gu;

/** A report as plain text: tables are separated by tabs. */
export function reportText({ title, sections }: ReportDocument): string {
  return [title, '='.repeat(title.length), '', ...sections.flatMap(sectionLines)].join('\n');
}

function sectionLines({ title, facts = [], table }: ReportSection): string[] {
  return [
    title,
    '-'.repeat(title.length),
    ...facts.map(([name, value]) => `${name}: ${plain(value)}`),
    ...(table === undefined ? [] : [table.head, ...table.rows].map((row) => row.map(plain).join('\t'))),
    '',
  ];
}

function plain(text: string): string {
  return text.replace(CONTROL, ' ');
}
