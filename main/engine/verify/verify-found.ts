import type { Damage, Verification } from '../../../shared/model/listing.ts';
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
  if (report.more > 0) damage.push({ where: 'the rest', problem: `${report.more} more findings` });
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
    { where: `${name}.sha256`, problem: 'the checksum file does not hold the checksum of the archive' },
  ];
}

function describeDamage({ at, error }: Finding): Damage {
  const words: string[] = [at.area];
  if (at.part !== undefined) words.push(`part ${at.part}`);
  if (at.block !== undefined) words.push(`block ${at.block}`);
  if (at.from !== undefined) words.push(`keys /${at.from.join('/')} to /${(at.to ?? at.from).join('/')}`);
  return { where: words.join(', '), problem: error.message };
}
