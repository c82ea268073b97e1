import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cache.ts';
import { runTool } from './tools.ts';

const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/**
 * The folder with all jars of `test/servers/poms/<name>.xml`, fetched through the user's own Maven on first use.
 * Cached by the hash of the pom: an edited pom is resolved anew.
 */
export async function jarsOf(name: string): Promise<string> {
  const pom = join(import.meta.dirname, 'poms', `${name}.xml`);
  const hash = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  return await cachedFolder('jars', `${name}-${hash}`, async (folder) => {
    await runTool('java', ['-version']);
    await runTool('mvn', ['-q', '-B', '-f', pom, copyDependencies, `-DoutputDirectory=${folder}`]);
  });
}
