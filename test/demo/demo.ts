import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoArguments, readArguments, USAGE } from './arguments.ts';
import { requireCommands } from './commands.ts';
import { letExplore } from './explore.ts';
import { DemoFailure } from './failure.ts';
import { Holdfast } from './holdfast.ts';
import { startKafkaSystem } from './kafka/kafka.ts';
import { Narrator } from './narrator.ts';
import type { Play } from './play.ts';
import { Stage } from './stage.ts';
import { tellStory } from './story.ts';
import type { System } from './system.ts';
import { noteVersions } from './versions.ts';
import { startZooKeeperSystem } from './zookeeper/zookeeper.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

/** The systems of the demo; each starts in the working folder. */
const SYSTEMS: readonly ((folder: string, signal: AbortSignal) => Promise<System>)[] = [
  startZooKeeperSystem,
  startKafkaSystem,
];

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  let given: DemoArguments | 'help';
  try {
    given = readArguments(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return EXIT_USAGE;
  }
  if (given !== 'help') return await play(given);
  process.stdout.write(`${USAGE}\n`);
  return 0;
}

async function play({ headless, language, folder }: DemoArguments): Promise<number> {
  const interruption = interruptible();
  const narrator = new Narrator(language, (text) => process.stderr.write(text));
  const stage = new Stage(narrator);
  try {
    await requireCommands(narrator);
    await inFolder(folder, async (work) => {
      await withSystems({ stage, work, interruption }, async (systems) => {
        const holdfast = new Holdfast({
          dataDirectory: join(work, 'data'),
          language,
          stage,
          signal: interruption,
        });
        const all: Play = { stage, holdfast, systems, folder: work };
        await noteVersions(all);
        await tellStory(all);
        tellOutcome(stage);
        if (!headless) await letExplore(all, interruption);
      });
    });
  } catch (error) {
    tellFailure(stage, error, interruption.aborted);
  }
  const { report } = stage;
  if (headless) process.stdout.write(`${JSON.stringify(report)}\n`);
  if (report.ok) return 0;
  return interruption.aborted ? EXIT_INTERRUPTED : EXIT_FAILED;
}

/** Fires at the first Ctrl-C or request to end; later ones change nothing, as the end is under way. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  return controller.signal;
}

/** A folder that was asked for must be new and is kept; else a temporary one is made and removed. */
async function inFolder(folder: string | undefined, work: (folder: string) => Promise<void>): Promise<void> {
  if (folder !== undefined) {
    await makeNew(folder);
    return await work(folder);
  }
  const temporary = await mkdtemp(join(tmpdir(), 'holdfast-demo-'));
  try {
    await work(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function makeNew(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    throw new DemoFailure(`--folder ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function withSystems(
  {
    stage,
    work,
    interruption,
  }: { readonly stage: Stage; readonly work: string; readonly interruption: AbortSignal },
  use: (systems: readonly System[]) => Promise<void>,
): Promise<void> {
  await using running = new AsyncDisposableStack();
  const title = {
    en: 'Start real servers (the first time they are downloaded by Maven)',
    zh: '启动真实的服务（首次运行时由 Maven 下载）',
  };
  const systems = await stage.step('start', title, async (notes) => {
    const started: System[] = [];
    for (const start of SYSTEMS) {
      const system = running.use(await start(work, interruption));
      started.push(system);
      const { service, version, address } = system;
      notes.say(
        { en: '{service} {version} serves on {address}', zh: '{service} {version} 运行于 {address}' },
        { service, version, address },
      );
    }
    return started;
  });
  await use(systems);
}

function tellOutcome({ narrator, report }: Stage): void {
  const proofs = report.proofs.length;
  const held = report.proofs.filter(({ equal }) => equal).length;
  narrator.headline(
    {
      en: '{held} of {proofs} proofs hold ({seconds} s)',
      zh: '{proofs} 项证明中 {held} 项成立（{seconds} 秒）',
    },
    { held, proofs, seconds: report.seconds.toFixed(0) },
  );
}

function tellFailure(stage: Stage, error: unknown, interrupted: boolean): void {
  const { narrator } = stage;
  // What the interruption broke off fails in its own words, which say nothing to the person who asked for it.
  const why = interrupted ? narrator.words({ en: 'interrupted', zh: '已中断' }) : messageOf(error);
  stage.fail(why);
  narrator.headline({ en: 'The demo stopped: {why}', zh: '演示中止：{why}' }, { why });
}

function messageOf(error: unknown): string {
  if (error instanceof DemoFailure) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
