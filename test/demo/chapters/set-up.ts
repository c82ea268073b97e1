import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkResult } from '../../../shared/model/preflight.ts';
import { linesOf } from '../holdfast.ts';
import { names, type Play } from '../play.ts';

/** The services get their content; the foreign clients remember what they saw. */
export async function fillSystems({ stage, systems }: Play): Promise<void> {
  for (const system of systems) {
    const title = {
      en: `Fill ${system.service} by its own client`,
      zh: `用 ${system.service} 自带的客户端写入数据`,
    };
    await stage.step(`fill ${system.service}`, title, (notes) => system.fill(notes));
  }
}

/** Holdfast learns of the cluster, of a place for archives and of what to back up. */
export async function setUp({ stage, holdfast, systems, folder }: Play): Promise<void> {
  const storage = join(folder, 'storage');
  await mkdir(storage);
  const title = {
    en: 'Tell Holdfast what to protect and where archives go (a fresh data directory)',
    zh: '告诉 Holdfast 要保护什么、归档存放在哪里（全新的数据目录）',
  };
  await stage.step('set up', title, async (notes) => {
    await holdfast.run(['vault', 'init', '--key-file', join(folder, 'vault.key')]);
    const services = systems.flatMap((system) => system.clusterFlags);
    await holdfast.run(['cluster', 'add', names.cluster, '--environment', 'test', ...services]);
    await holdfast.run(['storage', 'add', names.storage, '--driver', 'local', '--directory', storage]);
    const sources = systems.flatMap((system) => system.taskFlags);
    const task = [
      'task',
      'create',
      names.task,
      '--cluster',
      names.cluster,
      '--storage',
      names.storage,
      '--consent-sensitive',
    ];
    await holdfast.run([...task, ...sources]);
    const checks = linesOf(await holdfast.run(['task', 'check', names.task]), checkResult);
    const others = checks.filter(({ result }) => result !== 'passed');
    const passed = checks.length - others.length;
    notes.facts(
      { checks: checks.length, checksPassed: passed },
      { en: '{checksPassed} of {checks} checks passed', zh: '{checks} 项检查中通过 {checksPassed} 项' },
    );
    for (const { result, finding } of others)
      notes.say({ en: '{result}: {en}', zh: '{result}：{zh}' }, { result, ...finding });
  });
}
