import { backUp, verify } from './chapters/back-up.ts';
import { breakSystems } from './chapters/break.ts';
import { proveNoDifference, showDifferences } from './chapters/compare.ts';
import { planRestore, proveUsable, restore, undo } from './chapters/restore.ts';
import { fillSystems, setUp } from './chapters/set-up.ts';
import type { Play } from './play.ts';

/** The whole story: filled, backed up, verified, broken, restored, taken back, restored again. */
export async function tellStory(play: Play): Promise<void> {
  await fillSystems(play);
  await setUp(play);
  const point = await backUp(play);
  await verify(play, point);
  const title = { en: 'Compare the recovery point with the live cluster', zh: '将恢复点与当前集群比较' };
  await play.stage.step('compare', title, (notes) => proveNoDifference(play, notes));
  await breakSystems(play);
  await showDifferences(play);
  const plan = await planRestore(play);
  const run = await restore(play, plan, 'restored');
  await undo(play, run);
  await restore(play, plan, 'restored-again');
  await proveUsable(play);
}
