import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { verification } from '../../../shared/model/listing.ts';
import { type Point, type PointArchive, point } from '../../../shared/model/point.ts';
import { runTool } from '../../servers/tools.ts';
import { DemoFailure } from '../failure.ts';
import { runToEnd } from '../follow.ts';
import { lastLine, linesOf } from '../holdfast.ts';
import { names, type Play } from '../play.ts';
import type { Proof } from '../report.ts';
import type { StepNotes } from '../stage.ts';
import type { System } from '../system.ts';
import { proveFor } from './prove.ts';

const verifiedLine = z.object({ event: z.literal('verified'), verification });

/** Takes the recovery point that everything after it goes back to. */
export async function backUp({ stage, holdfast }: Play): Promise<Point> {
  return await stage.step('back up', { en: 'Back up', zh: '备份' }, async (notes) => {
    const { counts } = await runToEnd(holdfast, ['task', 'run', names.task]);
    const made = lastLine(await holdfast.run(['point', 'show', `latest:${names.task}`]), point);
    for (const archive of made.archives) {
      notes.say(
        { en: '{path}: {size} bytes', zh: '{path}：{size} 字节' },
        { path: archive.path, size: archive.size.toLocaleString('en-US') },
      );
    }
    const archiveBytes = made.archives.reduce((sum, { size }) => sum + size, 0);
    notes.facts(
      { point: made.id, archives: made.archives.length, archiveBytes, captured: counts.captured ?? 0 },
      {
        en: '{captured} entries captured into recovery point {point}',
        zh: '已捕获 {captured} 个条目到恢复点 {point}',
      },
    );
    return made;
  });
}

/** The stored bytes are proved by Holdfast, then by tools that know nothing of it. */
export async function verify(play: Play, made: Point): Promise<void> {
  const { stage, holdfast } = play;
  const title = { en: 'Verify the archive down to its content', zh: '校验归档直至其内容' };
  await stage.step('verify', title, async (notes) => {
    const answer = await holdfast.run(['verify', `latest:${names.task}`, '--level', 'content']);
    const results = linesOf(answer, verifiedLine).map((line) => line.verification);
    const entries = results.reduce((sum, result) => sum + result.entries, 0);
    notes.prove({
      proof: 'verified',
      equal: results.length === made.archives.length && results.every(({ sound }) => sound),
      claim: {
        en: 'Every byte and all {entries} entries are sound',
        zh: '每个字节及全部 {entries} 个条目均完好',
      },
      facts: { archives: results.length, entries },
      differences: results.flatMap(({ damage }) =>
        damage.map(({ where, problem }) => `${where.en}: ${problem.en}`),
      ),
    });
  });
  for (const archive of made.archives) await checkByForeignTools(play, archive);
}

async function checkByForeignTools(play: Play, archive: PointArchive): Promise<void> {
  const system = systemOf(play, archive);
  const title = {
    en: `Check the ${system.service} archive without Holdfast: sha256sum and tar`,
    zh: `不借助 Holdfast 核对 ${system.service} 归档：sha256sum 与 tar`,
  };
  await play.stage.step(`foreign tools ${system.service}`, title, async (notes) => {
    const file = join(play.folder, 'storage', archive.path);
    proveFor(notes, system, [await proveChecksum(notes, file), await proveListing(notes, file)]);
    const unpacked = join(play.folder, 'unpacked', system.service);
    await mkdir(unpacked, { recursive: true });
    await runTool('tar', ['-xzf', file, '-C', unpacked]);
    proveFor(notes, system, [await system.proveArchive(unpacked)]);
  });
}

async function proveChecksum(notes: StepNotes, file: string): Promise<Proof> {
  const [name, checksum] = [basename(file), `${basename(file)}.sha256`];
  notes.say({ en: '$ sha256sum -c {checksum}', zh: '$ sha256sum -c {checksum}' }, { checksum });
  const answer = (await runTool('sha256sum', ['-c', checksum], dirname(file))).trim();
  return {
    proof: 'sha256sum',
    equal: answer === `${name}: OK`,
    claim: { en: 'sha256sum -c says OK', zh: 'sha256sum -c 结果为 OK' },
    facts: { file: name },
    differences: answer === `${name}: OK` ? [] : [answer],
  };
}

async function proveListing(notes: StepNotes, file: string): Promise<Proof> {
  notes.say({ en: '$ tar -tzf {name}', zh: '$ tar -tzf {name}' }, { name: basename(file) });
  const parts = (await runTool('tar', ['-tzf', file])).trim().split('\n');
  return {
    proof: 'tar',
    equal: parts.includes('manifest.json'),
    claim: {
      en: 'tar lists {parts} parts, the manifest among them',
      zh: 'tar 列出 {parts} 个部分，其中包含清单',
    },
    facts: { parts: parts.length },
    differences: parts.includes('manifest.json') ? [] : parts.slice(0, 20),
  };
}

function systemOf({ systems }: Play, { service }: PointArchive): System {
  const system = systems.find((each) => each.service === service);
  if (system === undefined) throw new DemoFailure(`an archive of ${service}, which the demo does not have`);
  return system;
}
