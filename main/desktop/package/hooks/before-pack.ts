import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';
import { stageEngine } from '../engine/stage-engine.ts';
import { LICENCES_FILE } from '../licences/document.ts';
import { targetOf } from '../target.ts';

/** `node_modules` of the target, where it is not this system: see docs/packages.md. */
const TARGET_MODULES = 'HOLDFAST_TARGET_MODULES';

/** Lays out what lies beside the archive, where `extraResources` in electron-builder.yml looks for it. */
export default async function beforePack({
  packager,
  arch,
  electronPlatformName,
}: AfterPackContext): Promise<void> {
  const project = packager.projectDir;
  const target = targetOf(electronPlatformName, Arch[arch] ?? '');
  const staged = join(project, 'dist', 'staged', `${packager.platform.buildConfigurationKey}-${target.arch}`);
  const targetModules = process.env[TARGET_MODULES];
  await stageEngine({
    project,
    target,
    into: join(staged, 'engine'),
    ...(targetModules === undefined ? {} : { targetModules }),
  });
  await copyFile(join(project, LICENCES_FILE), join(staged, 'THIRD-PARTY-LICENCES.txt'));
  await copyFile(join(project, 'LICENSE'), join(staged, 'LICENSE.txt'));
}
