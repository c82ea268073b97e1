import { z } from 'zod';
import type { Text } from '../../../shared/errors/text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { type RestorePlan, restorePlan } from '../../../shared/model/plan.ts';
import { runToEnd } from '../follow.ts';
import { lastLine } from '../holdfast.ts';
import type { Moment } from '../moments.ts';
import { names, type Play } from '../play.ts';
import type { StepNotes } from '../stage.ts';
import type { System } from '../system.ts';
import { proveNoDifference } from './compare.ts';
import { proveFor } from './prove.ts';

const dryRun = z.object({ plan: restorePlan });
const FROM_LATEST = ['restore', `latest:${names.task}`, '--mode', 'equal'];
const CONFIRMED = ['--confirm', names.cluster];

/** The plan, before anything is changed; the clients see that nothing is. */
export async function planRestore(play: Play): Promise<RestorePlan> {
  const title = { en: 'Plan the restore: a dry run', zh: '规划恢复：试运行' };
  return await play.stage.step('plan', title, async (notes) => {
    const { plan } = lastLine(await play.holdfast.run([...FROM_LATEST, '--dry-run']), dryRun);
    for (const { service, counts } of plan.services) {
      for (const { phase, action, steps } of counts) {
        notes.facts({ [`${service} ${phase} ${action}`]: steps });
        notes.say(
          { en: '{service}: {phase}: {action} {steps}', zh: '{service}：{phase}：{action} {steps}' },
          { service, phase, action, steps },
        );
      }
    }
    const left = plan.services.flatMap((service) => service.notes);
    tellNotes(left, notes);
    notes.facts(
      { steps: plan.steps, notes: left.length },
      { en: '{steps} changes in all', zh: '共 {steps} 处更改' },
    );
    await lookAndProve(play, notes, 'planned', 'broken');
    return plan;
  });
}

/** What does not come back, or not as it was, and why: one of each reason, and how many more there are. */
function tellNotes(all: readonly FidelityNote[], notes: StepNotes): void {
  for (const [{ text } = { text: '' }, ...more] of Map.groupBy(all, ({ code }) => code).values()) {
    notes.say({ en: 'Note: {text}', zh: '说明：{text}' }, { text });
    if (more.length > 0) {
      notes.say(
        { en: '      … and {more} more like it', zh: '      ……另有 {more} 条同类说明' },
        { more: more.length },
      );
    }
  }
}

/** Restores as planned, by hand what the plan leaves to people, and has the clients prove it. Gives the run, the way back. */
export async function restore(
  play: Play,
  plan: RestorePlan,
  moment: 'restored' | 'restored-again',
): Promise<string> {
  const title: Text =
    moment === 'restored'
      ? { en: 'Restore, and look again by their own clients', zh: '执行恢复，并用各自的客户端再次查看' }
      : { en: 'Restore once more', zh: '再次恢复' };
  return await play.stage.step(moment === 'restored' ? 'restore' : 'restore again', title, async (notes) => {
    const { run, left } = await changeCluster(play, notes, [...FROM_LATEST, ...CONFIRMED]);
    await finishByHand(play, plan, left, notes);
    await lookAndProve(play, notes, moment, 'filled');
    await proveNoDifference(play, notes);
    return run;
  });
}

/** What the run found still different in the end has to be what the plan leaves to people, who do it now. */
async function finishByHand(
  { systems }: Play,
  plan: RestorePlan,
  left: number,
  notes: StepNotes,
): Promise<void> {
  let byHand = 0;
  for (const system of systems) byHand += await system.finishByHand(askedOf(plan, system), notes);
  notes.prove({
    proof: 'rest-left-to-people',
    equal: left === byHand,
    claim: {
      en: 'All that the restore found still different ({left}) is what its plan had left to people',
      zh: '恢复结束时仍不同的对象（{left} 个）正是计划中留给人工处理的部分',
    },
    facts: { left, byHand },
    differences: left === byHand ? [] : [`${byHand} things were done by hand`],
  });
}

function askedOf({ services }: RestorePlan, { service }: System): readonly FidelityNote[] {
  return services
    .filter(({ into }) => into === service)
    .flatMap((plan) => plan.notes)
    .filter(({ fidelity }) => fidelity === 'operator');
}

/** A restore can be taken back: the broken state returns. */
export async function undo(play: Play, run: string): Promise<void> {
  const title = {
    en: 'Take the restore back: the broken state returns',
    zh: '撤销恢复：回到被破坏的状态',
  };
  await play.stage.step('undo', title, async (notes) => {
    const { left } = await changeCluster(play, notes, ['restore', '--undo', run, ...CONFIRMED]);
    notes.facts({ left });
    await lookAndProve(play, notes, 'undone', 'broken');
  });
}

/** Work goes on where it stopped. */
export async function proveUsable({ stage, systems }: Play): Promise<void> {
  for (const system of systems) {
    const title = { en: `Go on working with ${system.service}`, zh: `继续使用 ${system.service}` };
    await stage.step(`use ${system.service}`, title, async (notes) => {
      proveFor(notes, system, await system.proveUsable());
    });
  }
}

interface Changed {
  /** The run, the way back. */
  readonly run: string;
  /** Objects that were still different when it ended. */
  readonly left: number;
}

async function changeCluster(play: Play, notes: StepNotes, args: readonly string[]): Promise<Changed> {
  const { id, state, counts } = await runToEnd(play.holdfast, args);
  const changes = Object.entries(counts)
    .map(([what, count]) => `${what} ${count.toLocaleString('en-US')}`)
    .join(', ');
  notes.facts({ ...counts, run: id, state });
  notes.say(
    { en: 'Run {run}, {state}: {changes}', zh: '运行 {run}，{state}：{changes}' },
    { run: id, state, changes },
  );
  return { run: id, left: counts.differences ?? 0 };
}

async function lookAndProve(play: Play, notes: StepNotes, now: Moment, then: Moment): Promise<void> {
  await Promise.all(play.systems.map((system) => system.look(now)));
  for (const system of play.systems) proveFor(notes, system, system.proveSame(now, then));
}
