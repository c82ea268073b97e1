import { ERROR_TABLE, isErrorCode } from '../errors/table.ts';
import { fillText, type Language, type Text } from '../errors/text.ts';
import type { RestoreReport } from '../model/restore-report.ts';

/** A part of a report: facts under each other, or a table. */
export interface ReportSection {
  readonly title: string;
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** A restore report in words, before it is given a form. */
export interface ReportDocument {
  readonly language: Language;
  readonly title: string;
  readonly sections: readonly ReportSection[];
}

const WORDS = {
  title: { en: 'Restore of {cluster}', zh: '恢复 {cluster}' },
  undoTitle: { en: 'Undo of a restore of {cluster}', zh: '撤销对 {cluster} 的恢复' },
  summary: { en: 'Summary', zh: '概要' },
  run: { en: 'Run', zh: '运行' },
  outcome: { en: 'Outcome', zh: '结果' },
  started: { en: 'Started', zh: '开始时间' },
  ended: { en: 'Ended', zh: '结束时间' },
  from: { en: 'From', zh: '来源' },
  mode: { en: 'Mode', zh: '模式' },
  selection: { en: 'Selection', zh: '选择' },
  everything: { en: 'everything', zh: '全部' },
  differences: { en: 'Differences at the end', zh: '结束时的差异' },
  notCompared: { en: 'not compared', zh: '未比较' },
  undoneBy: { en: 'Taken back by run', zh: '撤销运行' },
  problem: { en: 'Problem', zh: '问题' },
  written: { en: 'Report written', zh: '报告时间' },
  by: { en: 'By', zh: '生成者' },
  steps: { en: 'Changes', zh: '更改' },
  service: { en: 'Service', zh: '服务' },
  planned: { en: 'Planned', zh: '计划' },
  applied: { en: 'Done', zh: '已完成' },
  conflicts: { en: 'Conflicts', zh: '冲突' },
  failed: { en: 'Failed', zh: '失败' },
  untried: { en: 'Not tried', zh: '未尝试' },
  left: { en: 'Left as they were', zh: '未更改的对象' },
  why: { en: 'Why', zh: '原因' },
  action: { en: 'Action', zh: '操作' },
  key: { en: 'Object', zh: '对象' },
  notes: { en: 'Not restored, or not by itself', zh: '不恢复或需人工处理' },
  kind: { en: 'Kind', zh: '类型' },
  note: { en: 'Note', zh: '说明' },
  checks: { en: 'Checks before the restore', zh: '恢复前检查' },
  check: { en: 'Check', zh: '检查' },
  result: { en: 'Result', zh: '结果' },
  finding: { en: 'Finding', zh: '发现' },
  log: { en: 'Log', zh: '日志' },
  time: { en: 'Time', zh: '时间' },
  level: { en: 'Level', zh: '级别' },
  text: { en: 'Text', zh: '内容' },
} satisfies { readonly [name: string]: Text };

const STATES: { readonly [state in RestoreReport['run']['state']]: Text } = {
  running: { en: 'still running', zh: '仍在运行' },
  succeeded: { en: 'succeeded', zh: '成功' },
  incomplete: { en: 'incomplete', zh: '不完整' },
  conflict: { en: 'left conflicts', zh: '有冲突' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  interrupted: { en: 'interrupted', zh: '已中断' },
};

/** Puts a report into words. Times are UTC: the report is read in other places than it is written. */
export function reportDocument(report: RestoreReport, language: Language): ReportDocument {
  const words = (name: keyof typeof WORDS) => WORDS[name][language];
  const { run, plan } = report;
  const title = fillText(
    WORDS[run.kind === 'undo' ? 'undoTitle' : 'title'],
    { cluster: plan.clusterName },
    language,
  );
  return {
    language,
    title,
    sections: [
      { title: words('summary'), facts: summary(report, language, words) },
      changes(report, words),
      ...leftAlone(report, words),
      ...notes(report, words),
      ...checks(report, language, words),
      {
        title: words('log'),
        table: {
          head: [words('time'), words('level'), words('text')],
          rows: report.log.map(({ at, level, text }) => [at, level, text]),
        },
      },
    ],
  };
}

type Words = (name: keyof typeof WORDS) => string;

function summary(
  { run, plan, differences, undoneBy, written, by }: RestoreReport,
  language: Language,
  words: Words,
): [string, string][] {
  const { from, mode, select, into } = plan.order;
  const problem = run.error && problemText(run.error, language);
  return [
    [words('run'), run.id],
    [words('outcome'), STATES[run.state][language]],
    ...(problem === undefined ? [] : ([[words('problem'), problem]] as [string, string][])),
    [words('started'), run.started],
    [words('ended'), run.ended ?? '-'],
    [words('from'), sourceText(from)],
    [words('mode'), into === undefined ? mode : `${mode} → ${into}`],
    [words('selection'), select.length === 0 ? words('everything') : select.join(', ')],
    [words('differences'), differences === undefined ? words('notCompared') : String(differences)],
    ...(undoneBy === undefined ? [] : ([[words('undoneBy'), undoneBy]] as [string, string][])),
    [words('written'), written],
    [words('by'), `Holdfast ${by.version}, ${by.hostName}`],
  ];
}

function sourceText(from: RestoreReport['plan']['order']['from']): string {
  switch (from.of) {
    case 'point':
      return `point ${from.point}`;
    case 'undo':
      return `undo ${from.run}`;
    case 'file':
      return from.path;
    case 'cluster':
      return `cluster ${from.cluster}`;
  }
}

function problemText(
  { code, params, message }: NonNullable<RestoreReport['run']['error']>,
  language: Language,
): string {
  return isErrorCode(code) ? fillText(ERROR_TABLE[code].message, params, language) : message;
}

function changes({ services }: RestoreReport, words: Words): ReportSection {
  const head = (['service', 'planned', 'applied', 'conflicts', 'failed', 'untried'] as const).map(words);
  const rows = services.map(({ service, into, planned, applied, already, conflicts, failed, untried }) => [
    service === into ? service : `${service} → ${into}`,
    ...[planned, applied + already, conflicts, failed, untried].map(String),
  ]);
  return { title: words('steps'), table: { head, rows } };
}

function leftAlone({ services }: RestoreReport, words: Words): ReportSection[] {
  const rows = services.flatMap(({ service, left }) =>
    left.map(({ outcome, step }) => [service, outcome, step.action, `/${step.key.join('/')}`]),
  );
  const head = (['service', 'why', 'action', 'key'] as const).map(words);
  return rows.length === 0 ? [] : [{ title: words('left'), table: { head, rows } }];
}

function notes({ plan }: RestoreReport, words: Words): ReportSection[] {
  const rows = plan.services.flatMap((each) =>
    each.notes.map(({ kind, text }) => [each.service, kind, text]),
  );
  const head = (['service', 'kind', 'note'] as const).map(words);
  return rows.length === 0 ? [] : [{ title: words('notes'), table: { head, rows } }];
}

function checks({ plan }: RestoreReport, language: Language, words: Words): ReportSection[] {
  const rows = plan.checks.map(({ check, subject, result, finding }) => [
    `${check} (${subject})`,
    result,
    finding[language],
  ]);
  const head = (['check', 'result', 'finding'] as const).map(words);
  return rows.length === 0 ? [] : [{ title: words('checks'), table: { head, rows } }];
}
