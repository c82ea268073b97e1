import { explainError } from '../../../shared/errors/error.ts';
import { fillBoth, sameInBoth, type Text } from '../../../shared/errors/text.ts';
import { DAMAGE, DAMAGE_AREAS, listed } from '../../../shared/messages/damage.ts';
import type { Damage, Verification } from '../../../shared/model/listing.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import { type Finding, verifyArchive } from '../../archive/index.ts';
import type { BesideDigests } from '../points/checksum-files.ts';
import type { FoundArchive } from '../points/found-archive.ts';
import { signerOf } from '../points/signers.ts';

export type VerifyLevel = Verification['level'];

/**
 * Reads an archive's bytes again and compares them with all that is known of them: checksums beside it and in the
 * catalog, and the hashes that it carries itself. Damage is reported, not thrown.
 */
export async function verifyFound(
  archive: FoundArchive,
  level: VerifyLevel,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const beside = await archive.readBeside(signal);
  const report = await verifyArchive(archive.source, {
    level,
    keys: archive.secrets,
    onProgress: progress,
    signal,
    expected: { ...beside, ...archive.expected },
  });
  const damage = [...report.findings.map(describeDamage), ...contradictions(archive, beside)];
  if (report.more > 0) damage.push(moreDamage(report.more));
  const counts = Object.values(report.manifest?.counts ?? {});
  return {
    archive: archive.name,
    service: archive.service,
    level,
    sound: report.ok && damage.length === 0,
    damage,
    ...signerOf(report.signature),
    bytes: report.size,
    entries: counts.reduce((sum, count) => sum + count.entries, 0),
  };
}

/** The checksum file beside an archive that is what the catalog expects may itself be wrong: `sha256sum -c` would fail. */
function contradictions({ name, expected }: FoundArchive, beside: BesideDigests): Damage[] {
  if (expected === undefined || beside.sha256 === undefined || beside.sha256 === expected.sha256) return [];
  return [
    {
      code: 'archive.checksum-file-wrong',
      where: sameInBoth(`${name}.sha256`),
      problem: DAMAGE['checksum-file'],
    },
  ];
}

function moreDamage(count: number): Damage {
  return {
    code: 'archive.more-damage',
    where: DAMAGE.rest,
    problem: fillBoth(DAMAGE['more-findings'], { count }),
  };
}

function describeDamage({ at, error }: Finding): Damage {
  return { code: error.code, where: placeText(at), problem: explainError(error).message };
}

function placeText({ area, part, block, from, to }: Finding['at']): Text {
  const words: Text[] = [DAMAGE_AREAS[area]];
  if (part !== undefined) words.push(fillBoth(DAMAGE.part, { part }));
  if (block !== undefined) words.push(fillBoth(DAMAGE.block, { block }));
  if (from !== undefined) words.push(fillBoth(DAMAGE.keys, { from: keyPath(from), to: keyPath(to ?? from) }));
  return listed(words);
}
