import { runTool } from '../servers/tools.ts';
import type { Play } from './play.ts';

/** Notes what everything ran on. */
export async function noteVersions({ stage, holdfast, systems }: Play): Promise<void> {
  stage.version('holdfast', await holdfast.version());
  stage.version('node', process.versions.node);
  const [java = ''] = (await runTool('java', ['--version'])).split('\n');
  stage.version('java', java);
  for (const { service, version } of systems) stage.version(service, version);
}
