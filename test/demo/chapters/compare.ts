import { z } from 'zod';
import { type ShownDifference, shownDifference } from '../../../shared/model/listing.ts';
import { firstFew } from '../against.ts';
import { DemoFailure } from '../failure.ts';
import { lastLine, linesOf } from '../holdfast.ts';
import { names, type Play } from '../play.ts';
import type { Proof } from '../report.ts';
import type { StepNotes } from '../stage.ts';
import type { System } from '../system.ts';
import { proveFor } from './prove.ts';

const NO_DIFFERENCE = 0;
const DIFFERENT = 1;
const SHOWN = 5;

const summaryLine = z.object({ differences: z.int() });

/** Compares the point with the live cluster, which must be just as the point has it. */
export async function proveNoDifference(play: Play, notes: StepNotes): Promise<void> {
  for (const system of play.systems) {
    const shown = await diff(play, system, [NO_DIFFERENCE, DIFFERENT]);
    const proof: Proof = {
      proof: 'no-difference',
      equal: shown.length === 0,
      claim: {
        en: 'holdfast diff: the live {service} is as the recovery point has it',
        zh: 'holdfast diff：当前 {service} 与恢复点一致',
      },
      facts: { service: system.service, differences: shown.length },
      differences: firstFew(shown.map(differenceText)),
    };
    proveFor(notes, system, [proof]);
  }
}

/** Shows what differs now and has every system compare that with what its own client sees. */
export async function showDifferences(play: Play): Promise<void> {
  for (const system of play.systems) {
    const title = {
      en: `Show how ${system.service} differs from the recovery point`,
      zh: `显示 ${system.service} 与恢复点的差异`,
    };
    await play.stage.step(`diff ${system.service}`, title, async (notes) => {
      const shown = await diff(play, system, [DIFFERENT]);
      tellDifferences(shown, notes);
      proveFor(notes, system, [system.proveDifferences(shown)]);
    });
  }
}

function tellDifferences(shown: readonly ShownDifference[], notes: StepNotes): void {
  const groups = Map.groupBy(shown, ({ change }) => change);
  const count = (change: ShownDifference['change']) => groups.get(change)?.length ?? 0;
  notes.facts(
    { removed: count('removed'), changed: count('changed'), added: count('added') },
    {
      en: '{removed} are gone, {changed} are different, {added} are new; among them:',
      zh: '缺失 {removed} 个，改变 {changed} 个，新增 {added} 个；例如：',
    },
  );
  for (const some of groups.values()) {
    for (const text of some.slice(0, SHOWN).map(differenceText)) {
      notes.say({ en: '  {text}', zh: '  {text}' }, { text });
    }
  }
}

async function diff(
  { holdfast }: Play,
  { service }: System,
  expected: readonly number[],
): Promise<ShownDifference[]> {
  const sides = [`latest:${names.task}`, `cluster:${names.cluster}`];
  const answer = await holdfast.run(['diff', ...sides, '--source', service], expected);
  const shown = linesOf(answer, shownDifference);
  const { differences } = lastLine(answer, summaryLine);
  const exitCode = differences === 0 ? NO_DIFFERENCE : DIFFERENT;
  if (shown.length === differences && answer.exitCode === exitCode) return shown;
  throw new DemoFailure(
    `holdfast diff shows ${shown.length} differences and counts ${differences} (exit code ${answer.exitCode})`,
  );
}

function differenceText({ change, service, key, members }: ShownDifference): string {
  const marks = { added: '+', removed: '-', changed: '~' };
  const what = members.length === 0 ? '' : ` (${members.join(', ')})`;
  return `${marks[change]} ${service} /${key.join('/')}${what}`;
}
