import { runToEnd } from '../follow.ts';
import { names, type Play } from '../play.ts';

const ROUNDS = 4;

/** Work goes on and is backed up again and again: what somebody finds who looks around afterwards. */
export async function makeHistory({ stage, holdfast, systems }: Play): Promise<void> {
  const title = {
    en: 'Work goes on, and is backed up now and then',
    zh: '业务继续运行，并不时备份',
  };
  await stage.step('history', title, async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      await Promise.all(systems.map((system) => system.work(round)));
      await runToEnd(holdfast, ['task', 'run', names.task]);
    }
    await holdfast.run(['verify', `latest:${names.task}`, '--level', 'content']);
  });
}
