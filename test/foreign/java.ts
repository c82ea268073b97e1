import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { cachedFolder } from '../servers/cache.ts';
import { jarsOf } from '../servers/maven.ts';
import { runTool } from '../servers/tools.ts';

/** Programs by the client they are made with: the folder of their sources, and the jars they need. */
const clients = {
  zookeeper: { sources: join(import.meta.dirname, 'java'), jars: 'zookeeper-3.9' },
  // Clients of 4.x talk to every broker from 2.1 on.
  kafka: { sources: join(import.meta.dirname, 'java', 'kafka'), jars: 'kafka-4.3' },
} as const;

export type JavaClient = keyof typeof clients;

/** How a program of `test/foreign/java` is run. */
export interface JavaRun {
  /** Default `zookeeper`. */
  readonly client?: JavaClient;
  readonly main: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Default 512. */
  readonly heapMb?: number;
  /** Lets Java optimise fully, which costs start time; for measurements. Kafka's programs do without by default. */
  readonly warm?: boolean;
  /** Kills the program. */
  readonly signal?: AbortSignal;
}

/** A running Java program whose standard output is JSON lines. */
export interface JavaProgram {
  /** Parsed lines; throws at the end if the program failed, with what it said on standard error. */
  readonly lines: AsyncIterable<unknown>;
  /** Closes its standard input and waits for its end. */
  finish(): Promise<void>;
}

/** Starts a program, compiling all of them on first use. */
export async function startJava(run: JavaRun): Promise<JavaProgram> {
  const client = run.client ?? 'zookeeper';
  const jars = await jarsOf(clients[client].jars);
  const classes = await compileJava(client);
  const child = spawn(
    'java',
    [
      `-Xmx${run.heapMb ?? 512}m`,
      '-XX:+UseSerialGC',
      ...(client === 'kafka' && !run.warm ? ['-XX:TieredStopAtLevel=1'] : []),
      // Without a terminal Java 17 takes its encoding from the locale, which may be plain ASCII.
      '-Dfile.encoding=UTF-8',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      // Log4j 2 would write to standard output, where the answer belongs.
      '-Dorg.apache.logging.log4j.level=OFF',
      '-cp',
      [classes, join(jars, '*')].join(delimiter),
      run.main,
      ...run.arguments,
    ],
    {
      stdio: 'pipe',
      env: { ...process.env, ...run.environment },
      ...(run.signal && { signal: run.signal }),
    },
  );
  const ended = completion(child, run.main);
  // Whoever reads the lines or finishes the program gets the failure; it must not count as unhandled before that.
  ended.catch(() => undefined);
  return {
    lines: jsonLines(child, ended),
    finish: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Runs a program to its end and returns its lines. */
export async function runJava<Line>(run: JavaRun): Promise<Line[]> {
  const program = await startJava(run);
  const lines: Line[] = [];
  for await (const line of program.lines) lines.push(line as Line);
  return lines;
}

async function completion(child: ChildProcessWithoutNullStreams, name: string): Promise<void> {
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} failed (${signal ?? code}):\n${complaint}`);
}

async function* jsonLines(
  child: ChildProcessWithoutNullStreams,
  ended: Promise<void>,
): AsyncGenerator<unknown> {
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield JSON.parse(line);
  }
  await ended;
}

/** The folder of a client's compiled programs; compiles them when their source or the jars changed. */
export async function compileJava(client: JavaClient = 'zookeeper'): Promise<string> {
  const { sources, jars: pom } = clients[client];
  const jars = await jarsOf(pom);
  const files = (await readdir(sources)).filter((name) => name.endsWith('.java')).sort();
  const hash = createHash('sha256').update(jars);
  for (const file of files) hash.update(file).update(await readFile(join(sources, file)));
  return await cachedFolder('classes', hash.digest('hex').slice(0, 12), async (folder) => {
    const paths = files.map((file) => join(sources, file));
    await runTool('javac', ['-encoding', 'UTF-8', '-d', folder, '-cp', join(jars, '*'), ...paths]);
  });
}
