import type { Inspection } from '../../../shared/contract/contract.ts';
import { noteLines } from './note-text.ts';
import type { Output } from './output.ts';
import { bytes, count, instantText } from './quantity.ts';
import { facts, table } from './table.ts';

type Archive = Extract<Inspection, { kind: 'archive' }>;
type Foreign = Extract<Inspection, { kind: 'foreign' }>;

/** What an archive file is, for a person. */
export function inspectionText(inspection: Inspection, output: Output): string {
  return inspection.kind === 'archive' ? archiveText(inspection, output) : foreignText(inspection);
}

function archiveText({ manifest, parts, size, signer }: Archive, output: Output): string {
  const { source, cluster, task, encryption } = manifest;
  const head = facts([
    ['format', manifest.format],
    ['archive', manifest.id],
    ['source', `${source.service} (${source.id} ${source.version ?? 'of unknown version'})`],
    ['cluster', cluster.name],
    ['task', task?.name ?? 'none'],
    ['created', instantText(manifest.created)],
    ['finished', instantText(manifest.finished)],
    ['kind', manifest.parent === null ? 'full' : `increment ${manifest.depth} of set ${manifest.set}`],
    ['complete', manifest.complete ? 'yes' : 'no'],
    ['sealed', encryption === null ? 'no' : sealText(encryption)],
    ['signed by', signer ?? 'nobody'],
    ['sensitive kinds', manifest.sensitive.join(', ') || 'none'],
    ['size', `${bytes(size)} in ${count(parts)} parts`],
    ['position', JSON.stringify(manifest.position)],
    ['selection', JSON.stringify(manifest.selection)],
  ]);
  const counts = table(
    [
      { title: 'KIND', cell: ([kind]) => kind },
      { title: 'ENTRIES', align: 'right', cell: ([, kind]) => count(kind.entries) },
      { title: 'BYTES', align: 'right', cell: ([, kind]) => bytes(kind.bytes) },
    ],
    Object.entries(manifest.counts),
  );
  return `${head}\n${counts}${noteLines(source.id, manifest.notes, output)}`;
}

/** The ways to open it are no secret. */
function sealText({ cipher, recipients }: NonNullable<Archive['manifest']['encryption']>): string {
  const ways = recipients.map((way) => (way.type === 'key' ? `key ${way.key}` : 'a passphrase'));
  return `${cipher}; opens with ${ways.join(' or ')}`;
}

function foreignText(foreign: Foreign): string {
  const head = facts([
    ['kind', 'not written by Holdfast'],
    ['data source', foreign.dataSource ?? 'unknown'],
    ['version', foreign.version ?? 'unknown'],
    ['time', foreign.time === undefined ? 'unknown' : instantText(foreign.time)],
    ['size', bytes(foreign.size)],
  ]);
  const entries = table(
    [
      { title: 'TYPE', cell: ({ type }) => type },
      { title: 'SIZE', align: 'right', cell: ({ size }) => bytes(size) },
      { title: 'PATH', cell: ({ path }) => path },
      { title: 'WARNING', cell: ({ warning }) => warning ?? '' },
    ],
    foreign.entries,
  );
  return `${head}\n${entries}${foreign.truncated ? '…\n' : ''}`;
}
