import { resolve } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { NOUNS } from '../../../shared/messages/words.ts';
import type { Point } from '../../../shared/model/point.ts';
import type { Target } from '../../../shared/model/target.ts';
import { parseTarget } from '../options/target-text.ts';
import type { Output } from '../output/output.ts';
import { instantText } from '../output/quantity.ts';
import { TEXTS } from '../output/texts.ts';
import type { World } from '../world.ts';
import type { Client } from './client.ts';

const FULL_ID = /^[0-9a-f]{16}$/;
const BEGINNING = /^[0-9a-f]{4,15}$/;
const PAGE = 1000;
/** Points asked for at once where the first one mostly will do. */
const FEW = 10;

interface Identified {
  readonly id: string;
}
/** Whom to ask for points, and where to say which one was taken. */
interface Asked {
  readonly client: Client;
  readonly output: Output;
}
type ListPage = (after: string | undefined) => Promise<readonly Identified[]>;

/**
 * The full id of a run: given whole, by its beginning (4 digits or more), or as `latest`.
 * @throws HoldfastError `cli.unknown-id`, `cli.ambiguous-id`
 */
export async function resolveRun(client: Client, text: string): Promise<string> {
  if (text === 'latest') {
    const [latest] = await client.runs.list({ limit: 1 });
    if (latest !== undefined) return latest.id;
  }
  const found = await byBeginning(text, (after) =>
    client.runs.list({ limit: PAGE, ...(after && { after }) }),
  );
  if (found === undefined)
    throw new HoldfastError('cli.unknown-id', { kind: 'run', noun: NOUNS.run, id: text });
  return found;
}

/**
 * The full id of a recovery point: given whole, by its beginning, or as `latest:TASK`, the newest
 * complete one.
 * @throws HoldfastError `cli.unknown-id`, `cli.ambiguous-id`, `cli.no-complete-point`
 */
export async function resolvePoint(asked: Asked, text: string): Promise<string> {
  const target = parseTarget(text);
  if (target.kind === 'latest') return latestPoint(asked, target.task);
  const beginning = target.kind === 'point' ? target.prefix : text;
  const found = await pointByBeginning(asked.client, beginning);
  if (found === undefined)
    throw new HoldfastError('cli.unknown-id', { kind: 'point', noun: NOUNS.point, id: text });
  return found;
}

/**
 * What a person named on the command line, as the engine takes it.
 * @throws HoldfastError `cli.unknown-target`, `cli.ambiguous-id`, `cli.no-complete-point`
 */
export async function resolveTarget(
  asked: Asked & { readonly world: Pick<World, 'cwd' | 'isFile'> },
  text: string,
  service?: string,
): Promise<Target> {
  const { world, client } = asked;
  const target = parseTarget(text);
  const picked = service === undefined ? {} : { service };
  switch (target.kind) {
    case 'cluster':
      return {
        of: 'cluster',
        cluster: target.cluster,
        ...picked,
        ...(target.service && { service: target.service }),
      };
    case 'undo':
      return { of: 'undo', run: await resolveRun(client, target.run), ...picked };
    case 'latest':
      return { of: 'point', point: await latestPoint(asked, target.task), ...picked };
    case 'file':
      return fileTarget(world, target.path, text);
    case 'point':
      return { of: 'point', point: await resolvePoint(asked, text), ...picked };
    case 'point-or-file': {
      const point = await pointByBeginning(client, target.text);
      return point === undefined ? fileTarget(world, target.text, text) : { of: 'point', point, ...picked };
    }
  }
}

async function fileTarget(world: Pick<World, 'cwd' | 'isFile'>, path: string, text: string): Promise<Target> {
  const absolute = resolve(world.cwd, path);
  if (!(await world.isFile(absolute))) throw new HoldfastError('cli.unknown-target', { target: text });
  return { of: 'file', path: absolute };
}

async function latestPoint({ client, output }: Asked, task: string): Promise<string> {
  let newest: Point | undefined;
  for await (const point of eachPoint(client, task)) {
    newest ??= point;
    if (!point.complete) continue;
    const { id, created } = point;
    if (newest !== point)
      await output.note(TEXTS.incompletePassed, {
        newest: newest.id,
        task,
        id,
        created: instantText(created),
      });
    return id;
  }
  if (newest === undefined)
    throw new HoldfastError('cli.unknown-id', { kind: 'point', noun: NOUNS.point, id: `latest:${task}` });
  throw new HoldfastError('cli.no-complete-point', { task, point: newest.id });
}

/** Newest first. */
async function* eachPoint(client: Client, task: string): AsyncGenerator<Point> {
  let after: string | undefined;
  do {
    const page = await client.points.list({ task, limit: FEW, ...(after && { after }) });
    yield* page;
    after = page.length < FEW ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}

function pointByBeginning(client: Client, text: string): Promise<string | undefined> {
  return byBeginning(text, (after) => client.points.list({ limit: PAGE, ...(after && { after }) }));
}

async function byBeginning(text: string, list: ListPage): Promise<string | undefined> {
  if (FULL_ID.test(text)) return text;
  if (!BEGINNING.test(text)) return undefined;
  const matches: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(after);
    matches.push(...page.map((item) => item.id).filter((id) => id.startsWith(text)));
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
  if (matches.length > 1) throw new HoldfastError('cli.ambiguous-id', { id: text, matches });
  return matches[0];
}
