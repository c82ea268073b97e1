import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { jarsOf } from '../../servers/maven.ts';

const MAIN = 'org.apache.zookeeper.ZooKeeperMain';

/**
 * ZooKeeper's own shell (`zkCli.sh`): takes commands from standard input, one a line, and returns the paths that
 * it says it created. `digest` ("user:password") is passed the same way, so it never stands in an argument.
 * @throws Error with the shell's complaint when any command fails; AbortError
 */
export async function runZooKeeperShell(
  server: { readonly connectString: string },
  digest: string,
  commands: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const jars = await jarsOf('zookeeper-3.9');
  const child = spawn(
    'java',
    [
      '-Xmx128m',
      '-XX:+UseSerialGC',
      '-Dfile.encoding=UTF-8',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=off',
      '-cp',
      [join(jars, '*')].join(delimiter),
      MAIN,
      '-waitforconnection',
      '-server',
      server.connectString,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'], signal },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdin.end([`addauth digest ${digest}`, ...commands, 'quit', ''].join('\n'));
  const [code] = await once(child, 'close');
  return createdPaths(said, code);
}

/** The shell tells results and complaints on the same stream; what is no result is a complaint. */
function createdPaths(said: string, code: unknown): string[] {
  const lines = said.split('\n').filter((line) => line !== '');
  const complaints = lines.filter((line) => !line.startsWith('Created '));
  if (complaints.length > 0 || code !== 0) {
    throw new Error(`ZooKeeper's shell failed (${String(code)}):\n${complaints.slice(0, 20).join('\n')}`);
  }
  return lines.map((line) => line.slice('Created '.length));
}
