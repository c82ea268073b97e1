import { verifyArchive } from '../../../main/archive/index.ts';
import { byteSourceOf } from '../../../main/engine/points/byte-source.ts';
import { runTool } from '../../servers/tools.ts';
import { type RecordSet, recordSet } from '../data/record-set.ts';
import type { Bench } from '../frame/bench.ts';
import { interleave, timed } from '../frame/interleave.ts';
import { speedRow } from '../frame/row.ts';

/** Verifying an archive's content, against `gzip -t` and then `sha256sum` on the same file. */
export const verify: Bench = {
  name: 'verify',
  about: 'an archive read and verified, against `gzip -t` plus `sha256sum`',
  async run(scale, say) {
    const set = await recordSet(scale);
    await verifyContent(set);
    const seconds = await interleave(
      scale.rounds,
      { ours: () => timed(() => verifyContent(set)), reference: () => timed(() => checkByTools(set)) },
      say,
    );
    return [
      speedRow({
        name: 'verify: time',
        unit: 's',
        goal: 1.5,
        note: `${(set.archiveSize / 1e6).toFixed(0)} MB holding ${(set.plainBytes / 1e9).toPrecision(3)} GB of lines. Ours checks every hash, line, key order, count and fingerprint, the CRC and the SHA-256 of the file; the reference the CRC and the SHA-256.`,
        ...seconds,
      }),
    ];
  },
};

async function verifyContent({ folder, archive, sha256, archiveSize, count }: RecordSet): Promise<void> {
  const source = await byteSourceOf(folder.storage, archive);
  const report = await verifyArchive(source, {
    level: 'content',
    expected: { sha256, size: archiveSize },
  });
  const [finding] = report.findings;
  if (finding !== undefined) throw finding.error;
  if (report.manifest?.counts.znode?.entries !== count) throw new Error('the archive has lost records');
}

async function checkByTools({ archivePath }: RecordSet): Promise<void> {
  await runTool('gzip', ['-t', archivePath]);
  await runTool('sha256sum', [archivePath]);
}
