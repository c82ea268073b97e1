import { noteText } from '../../../shared/messages/note-text.ts';
import type { PlannedOrder } from '../../../shared/model/plan.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { EngineContext } from '../context.ts';
import type { FoundArchive } from '../points/found-archive.ts';

const CHECK = 'point.complete';

/**
 * What the order's archives lack of what was selected for them, a warning each: services that the point has nothing
 * of, where no services were chosen, and kinds that could not be captured in full. A restore brings back what is there.
 */
export function checkCompleteness(
  context: EngineContext,
  { from, services }: PlannedOrder,
  archives: readonly FoundArchive[],
): readonly CheckResult[] {
  const ofArchives = archives.flatMap((archive) => checkArchive(archive, from.of === 'undo'));
  if (from.of !== 'point') return ofArchives;
  const point = context.catalog.points.get(from.point);
  const lacking = services.length > 0 || from.service !== undefined ? [] : lackingServices(context, point);
  const checks = [...lacking.map(withoutService), ...ofArchives];
  return checks.length > 0 || point.complete ? checks : [incompletePoint(point)];
}

/** Services that the point's task backs up, as it is today, and the point does not have. */
function lackingServices({ catalog }: EngineContext, { task, archives }: Point): readonly string[] {
  const has = new Set(archives.map(({ service }) => service));
  const sources = catalog.tasks.find(task)?.sources ?? [];
  return sources.map(({ service }) => service).filter((service) => !has.has(service));
}

function withoutService(service: string): CheckResult {
  return warning(
    service,
    {
      en: 'The recovery point has nothing of it, though the task backs it up: it stays as it is.',
      zh: '任务备份该服务，但恢复点中没有它的任何内容：它将保持现状。',
    },
    { en: 'To bring it back too, take a point that has it.', zh: '如需一并恢复，请选择包含它的恢复点。' },
  );
}

/** What was not there when an undo point was taken is no lack of it: it goes again. */
function checkArchive(
  { service, manifest: { complete, notes, source } }: FoundArchive,
  undo: boolean,
): readonly CheckResult[] {
  if (complete) return [];
  const lacks = notes.filter(({ lack }) => lack === 'unread' || (lack === 'absent' && !undo));
  const [first] = lacks;
  if (first === undefined) return [];
  const kinds = [...new Set(lacks.map(({ kind }) => kind))].sort().join(', ');
  const told = noteText(source.id, first);
  return [
    warning(
      service,
      {
        en: `Not all that was selected is in the archive; what is lacking is of: ${kinds}. First: ${told.en}`,
        zh: `归档未包含所选的全部内容，缺失部分的类型：${kinds}。首条：${told.zh}`,
      },
      {
        en: 'What is lacking stays as it is in the cluster. The notes of the archive name it: `holdfast point show`, or `holdfast inspect` for a file.',
        zh: '缺失部分在集群中保持现状。归档的说明中列有详情：`holdfast point show`；归档文件请用 `holdfast inspect`。',
      },
    ),
  ];
}

/** What it lacks cannot be told any more: its task is not known here, or its archives do not say. */
function incompletePoint({ id }: Point): CheckResult {
  return warning(
    id,
    {
      en: 'The recovery point is incomplete: its run did not capture everything, or an archive of it is gone.',
      zh: '恢复点不完整：其运行未捕获全部内容，或其某个归档已不存在。',
    },
    { en: 'See its archives with `holdfast point show`.', zh: '请用 `holdfast point show` 查看其归档。' },
  );
}

function warning(
  subject: string,
  finding: CheckResult['finding'],
  remedy: CheckResult['finding'],
): CheckResult {
  return { check: CHECK, subject, result: 'warning', finding, remedy };
}
