import { z } from 'zod';
import type { Text } from '../../../shared/errors/text.ts';
import { restorePlan } from '../../../shared/model/plan.ts';
import { runToEnd } from '../follow.ts';
import { lastLine } from '../holdfast.ts';
import { names, type Play } from '../play.ts';
import type { StepNotes } from '../stage.ts';
import type { Moment } from '../system.ts';
import { proveNoDifference } from './compare.ts';

const dryRun = z.object({ plan: restorePlan });
const FROM_LATEST = ['restore', `latest:${names.task}`, '--mode', 'equal'];
const CONFIRMED = ['--confirm', names.cluster];

/** The plan, before anything is changed; the clients see that nothing is. */
export async function planRestore(play: Play): Promise<void> {
  const title = { en: 'Plan the restore: a dry run', zh: '规划恢复：试运行' };
  await play.stage.step('plan', title, async (notes) => {
    const { plan } = lastLine(await play.holdfast.run([...FROM_LATEST, '--dry-run']), dryRun);
    for (const { phase, action, steps } of plan.services.flatMap(({ counts }) => counts)) {
      notes.facts({ [`${phase} ${action}`]: steps });
      notes.say(
        { en: '{phase}: {action} {steps}', zh: '{phase}：{action} {steps}' },
        { phase, action, steps },
      );
    }
    const operator = plan.services.flatMap((service) => service.notes);
    for (const { text } of operator.slice(0, 5))
      notes.say({ en: 'Note: {text}', zh: '说明：{text}' }, { text });
    notes.facts(
      { steps: plan.steps, notes: operator.length },
      { en: '{steps} changes in all', zh: '共 {steps} 处更改' },
    );
    await lookAndProve(play, notes, 'planned', 'broken');
  });
}

/** Restores and has the clients prove it. Gives the run, the way back. */
export async function restore(play: Play, moment: 'restored' | 'restored-again'): Promise<string> {
  const title: Text =
    moment === 'restored'
      ? { en: 'Restore, and look again by their own clients', zh: '执行恢复，并用各自的客户端再次查看' }
      : { en: 'Restore once more', zh: '再次恢复' };
  return await play.stage.step(moment === 'restored' ? 'restore' : 'restore again', title, async (notes) => {
    const run = await changeCluster(play, notes, [...FROM_LATEST, ...CONFIRMED]);
    await lookAndProve(play, notes, moment, 'filled');
    await proveNoDifference(play, notes);
    return run;
  });
}

/** A restore can be taken back: the broken state returns. */
export async function undo(play: Play, run: string): Promise<void> {
  const title = {
    en: 'Take the restore back: the broken state returns',
    zh: '撤销恢复：回到被破坏的状态',
  };
  await play.stage.step('undo', title, async (notes) => {
    await changeCluster(play, notes, ['restore', '--undo', run, ...CONFIRMED]);
    await lookAndProve(play, notes, 'undone', 'broken');
  });
}

/** Work goes on where it stopped. */
export async function proveUsable({ stage, systems }: Play): Promise<void> {
  for (const system of systems) {
    const title = { en: `Go on working with ${system.service}`, zh: `继续使用 ${system.service}` };
    await stage.step(`use ${system.service}`, title, async (notes) => {
      for (const proof of await system.proveUsable()) notes.prove(proof);
    });
  }
}

async function changeCluster(play: Play, notes: StepNotes, args: readonly string[]): Promise<string> {
  const { id, counts } = await runToEnd(play.holdfast, args);
  const changes = Object.entries(counts)
    .map(([what, count]) => `${what} ${count.toLocaleString('en-US')}`)
    .join(', ');
  notes.facts({ ...counts, run: id });
  notes.say({ en: 'Run {run}: {changes}', zh: '运行 {run}：{changes}' }, { run: id, changes });
  return id;
}

async function lookAndProve(play: Play, notes: StepNotes, now: Moment, then: Moment): Promise<void> {
  for (const system of play.systems) {
    await system.look(now);
    for (const proof of system.proveSame(now, then)) notes.prove(proof);
  }
}
