import { ERROR_TABLE, isErrorCode } from '../errors/table.ts';
import { fillText, type Language, type Text } from '../errors/text.ts';
import { messageText } from '../messages/message.ts';
import { noteText } from '../messages/note-text.ts';
import { ACTIONS } from '../messages/words.ts';
import type { CheckResult } from '../model/preflight.ts';
import type { RestoreReport } from '../model/restore-report.ts';
import type { LogLine } from '../model/run.ts';

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

const LEVELS: { readonly [level in LogLine['level']]: Text } = {
  info: { en: 'info', zh: '信息' },
  warning: { en: 'warning', zh: '警告' },
  error: { en: 'error', zh: '错误' },
};

const LEFT = {
  conflict: { en: 'conflict', zh: '冲突' },
  failed: { en: 'failed', zh: '失败' },
} satisfies { readonly [outcome: string]: Text };

const MODES: { readonly [mode in RestoreReport['plan']['order']['mode']]: Text } = {
  equal: { en: 'equal', zh: '完全一致' },
  merge: { en: 'merge', zh: '合并' },
};

const FROM = {
  point: { en: 'recovery point {id}', zh: '恢复点 {id}' },
  undo: { en: 'undo point of run {id}', zh: '运行 {id} 的撤销点' },
  cluster: { en: 'cluster {id}', zh: '集群 {id}' },
} satisfies { readonly [of: string]: Text };

const RESULTS: { readonly [result in CheckResult['result']]: Text } = {
  passed: { en: 'passed', zh: '通过' },
  warning: { en: 'warning', zh: '警告' },
  failed: { en: 'failed', zh: '失败' },
  unknown: { en: 'unknown', zh: '未知' },
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
      ...leftAlone(report, language, words),
      ...notes(report, language, words),
      ...checks(report, language, words),
      {
        title: words('log'),
        table: {
          head: [words('time'), words('level'), words('text')],
          rows: report.log.map((line) => [
            line.at,
            LEVELS[line.level][language],
            messageText(line)[language],
          ]),
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
    [words('from'), sourceText(from, language)],
    [words('mode'), into === undefined ? MODES[mode][language] : `${MODES[mode][language]} → ${into}`],
    [words('selection'), select.length === 0 ? words('everything') : select.join(', ')],
    [words('differences'), differences === undefined ? words('notCompared') : String(differences)],
    ...(undoneBy === undefined ? [] : ([[words('undoneBy'), undoneBy]] as [string, string][])),
    [words('written'), written],
    [words('by'), `Holdfast ${by.version}, ${by.hostName}`],
  ];
}

function sourceText(from: RestoreReport['plan']['order']['from'], language: Language): string {
  switch (from.of) {
    case 'point':
      return fillText(FROM.point, { id: from.point }, language);
    case 'undo':
      return fillText(FROM.undo, { id: from.run }, language);
    case 'file':
      return from.path;
    case 'cluster':
      return fillText(FROM.cluster, { id: from.cluster }, language);
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

function leftAlone({ services }: RestoreReport, language: Language, words: Words): ReportSection[] {
  const rows = services.flatMap(({ service, left }) =>
    left.map(({ outcome, step }) => [
      service,
      LEFT[outcome][language],
      ACTIONS[step.action][language],
      `/${step.key.join('/')}`,
    ]),
  );
  const head = (['service', 'why', 'action', 'key'] as const).map(words);
  return rows.length === 0 ? [] : [{ title: words('left'), table: { head, rows } }];
}

function notes({ plan }: RestoreReport, language: Language, words: Words): ReportSection[] {
  const rows = plan.services.flatMap((each) =>
    each.notes.map((note) => [each.service, note.kind, noteText(each.source, note)[language]]),
  );
  const head = (['service', 'kind', 'note'] as const).map(words);
  return rows.length === 0 ? [] : [{ title: words('notes'), table: { head, rows } }];
}

function checks({ plan }: RestoreReport, language: Language, words: Words): ReportSection[] {
  const rows = plan.checks.map(({ check, subject, result, finding }) => [
    `${check} (${subject})`,
    RESULTS[result][language],
    finding[language],
  ]);
  const head = (['check', 'result', 'finding'] as const).map(words);
  return rows.length === 0 ? [] : [{ title: words('checks'), table: { head, rows } }];
}
