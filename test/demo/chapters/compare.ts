import { z } from 'zod';
import { type ShownDifference, shownDifference } from '../../../shared/model/listing.ts';
import { DemoFailure } from '../failure.ts';
import { lastLine, linesOf } from '../holdfast.ts';
import { names, type Play } from '../play.ts';
import type { StepNotes } from '../stage.ts';

const NO_DIFFERENCE = 0;
const DIFFERENT = 1;
const SHOWN = 5;

const summaryLine = z.object({ differences: z.int() });

/** Compares the point with the live cluster, which must be just as the point has it. */
export async function proveNoDifference({ holdfast }: Play, notes: StepNotes): Promise<void> {
  const shown = await diff({ holdfast }, [NO_DIFFERENCE, DIFFERENT]);
  notes.prove({
    proof: 'no-difference',
    equal: shown.length === 0,
    claim: {
      en: 'holdfast diff: the live cluster is as the recovery point has it',
      zh: 'holdfast diff：当前集群与恢复点一致',
    },
    facts: { differences: shown.length },
    differences: shown.slice(0, 20).map(differenceText),
  });
}

/** Shows what differs now and has every system compare that with what its own client sees. */
export async function showDifferences(play: Play): Promise<void> {
  const title = { en: 'Show what differs from the recovery point', zh: '显示与恢复点的差异' };
  await play.stage.step('diff', title, async (notes) => {
    const shown = await diff(play, [DIFFERENT]);
    const count = (change: ShownDifference['change']) =>
      shown.filter((each) => each.change === change).length;
    notes.facts(
      { removed: count('removed'), changed: count('changed'), added: count('added') },
      {
        en: '{removed} are gone, {changed} are different, {added} are new; among them:',
        zh: '缺失 {removed} 个，改变 {changed} 个，新增 {added} 个；例如：',
      },
    );
    for (const change of ['removed', 'changed', 'added'] as const) {
      for (const each of shown.filter((difference) => difference.change === change).slice(0, SHOWN)) {
        notes.say({ en: '  {text}', zh: '  {text}' }, { text: differenceText(each) });
      }
    }
    for (const system of play.systems) {
      notes.prove(system.proveDifferences(shown.filter(({ service }) => service === system.service)));
    }
  });
}

async function diff(
  { holdfast }: Pick<Play, 'holdfast'>,
  expected: readonly number[],
): Promise<ShownDifference[]> {
  const answer = await holdfast.run(['diff', `latest:${names.task}`, `cluster:${names.cluster}`], expected);
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
