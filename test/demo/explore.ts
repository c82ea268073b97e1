import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildIfStale } from '../../renderer/build.ts';
import { breakSystems } from './chapters/break.ts';
import { makeHistory } from './chapters/history.ts';
import { names, type Play } from './play.ts';

/** Leaves the services running and the pages open, says how to look around, and returns when the signal fires. */
export async function letExplore(play: Play, signal: AbortSignal): Promise<void> {
  const { narrator } = play.stage;
  await makeHistory(play);
  narrator.headline({ en: 'Leave it open for you', zh: '保持打开，供您探索' });
  await buildIfStale();
  const { host, link } = await play.holdfast.open();
  try {
    tellLink(play, link);
    tellCommands(play);
    if (!signal.aborted) await Promise.all([once(signal, 'abort'), breakOnEnter(play, signal)]);
  } finally {
    narrator.headline({ en: 'Stopping everything …', zh: '正在停止所有服务……' });
    await end(host);
  }
}

/** Breaks everything at every Enter of whoever sits at the terminal, until the signal fires. */
async function breakOnEnter(play: Play, signal: AbortSignal): Promise<void> {
  const { narrator } = play.stage;
  narrator.headline({
    en: 'Press Enter to break both services. Then look at Compare in the pages, and restore',
    zh: '按 Enter 键破坏两个服务，然后在页面中查看“比较”，再进行恢复',
  });
  const lines = createInterface({ input: process.stdin });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  for await (const _ of lines) {
    try {
      await breakSystems(play);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      narrator.say({ en: 'It may be broken already: {why}', zh: '可能已经被破坏：{why}' }, { why });
    }
  }
}

function tellLink({ stage: { narrator } }: Play, link: string): void {
  narrator.headline({
    en: 'Everything stays running until Ctrl-C. Holdfast is open in your browser; where it is not, open this link there:',
    zh: '所有服务将保持运行，直到按下 Ctrl-C。Holdfast 已在浏览器中打开；如果没有，请在浏览器中打开此链接：',
  });
  narrator.say({ en: '{link}', zh: '{link}' }, { link });
}

function tellCommands({ stage: { narrator }, holdfast, systems }: Play): void {
  narrator.headline({
    en: 'The same from another terminal:',
    zh: '也可以在另一个终端中操作：',
  });
  narrator.command(`export HOLDFAST_DATA_DIR=${holdfast.dataDirectory}`);
  narrator.command('npx holdfast point list');
  narrator.command('npx holdfast run list');
  for (const { service, browsePath } of systems) {
    narrator.command(`npx holdfast browse latest:${names.task} --source ${service} ${browsePath}`);
    narrator.command(`npx holdfast diff latest:${names.task} cluster:${names.cluster} --source ${service}`);
  }
  narrator.command(`npx holdfast restore latest:${names.task} --dry-run`);
  for (const { service, version, address } of systems) {
    narrator.say(
      {
        en: '{service} {version} listens on {address}: break what you like',
        zh: '{service} {version} 监听 {address}：可以随意破坏',
      },
      { service, version, address },
    );
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
