import type { Inspection } from '../../../shared/contract/contract.ts';
import { anyOf } from './any-of.ts';
import { noteLines } from './note-text.ts';
import type { Output } from './output.ts';
import { bytes, count, instantText } from './quantity.ts';
import { facts, table } from './table.ts';
import { PHRASES } from './words.ts';

type Archive = Extract<Inspection, { kind: 'archive' }>;
type Foreign = Extract<Inspection, { kind: 'foreign' }>;

/** What an archive file is, for a person. */
export function inspectionText(inspection: Inspection, output: Output): string {
  return inspection.kind === 'archive' ? archiveText(inspection, output) : foreignText(inspection, output);
}

function archiveText({ manifest, parts, size, signer }: Archive, output: Output): string {
  const { source, cluster, task, encryption } = manifest;
  const head = facts([
    [output.word('format'), manifest.format],
    [output.word('archive'), manifest.id],
    [
      output.word('source'),
      output.words(PHRASES.ofVersion, {
        service: source.service,
        source: source.id,
        version: source.version ?? output.word('of unknown version'),
      }),
    ],
    [output.word('cluster'), cluster.name],
    [output.word('task'), task?.name ?? output.word('none')],
    [output.word('created'), instantText(manifest.created)],
    [output.word('finished'), instantText(manifest.finished)],
    [
      output.word('kind'),
      manifest.parent === null
        ? output.word('full')
        : output.words(PHRASES.increment, { depth: manifest.depth, set: manifest.set }),
    ],
    [output.word('complete'), manifest.complete ? output.word('yes') : output.word('no')],
    [output.word('sealed'), encryption === null ? output.word('no') : sealText(encryption, output)],
    [output.word('signed by'), signer ?? output.word('nobody')],
    [output.word('sensitive kinds'), manifest.sensitive.join(', ') || output.word('none')],
    [output.word('size'), output.words(PHRASES.inParts, { size: bytes(size), parts: count(parts) })],
    [output.word('position'), JSON.stringify(manifest.position)],
    [output.word('selection'), JSON.stringify(manifest.selection)],
  ]);
  const counts = table(
    [
      { title: output.heading('kind'), cell: ([kind]) => kind },
      { title: output.heading('entries'), align: 'right', cell: ([, kind]) => count(kind.entries) },
      { title: output.heading('bytes'), align: 'right', cell: ([, kind]) => bytes(kind.bytes) },
    ],
    Object.entries(manifest.counts),
  );
  return `${head}\n${counts}${noteLines(source.id, manifest.notes, output)}`;
}

/** The ways to open it are no secret. */
function sealText(
  { cipher, recipients }: NonNullable<Archive['manifest']['encryption']>,
  output: Output,
): string {
  const ways = recipients.map((way) =>
    way.type === 'key' ? output.words(PHRASES.key, { key: way.key }) : output.word('a passphrase'),
  );
  return output.words(PHRASES.sealedBy, { cipher, ways: anyOf(ways, output) });
}

function foreignText(foreign: Foreign, output: Output): string {
  const head = facts([
    [output.word('kind'), output.word('not written by Holdfast')],
    [output.word('data source'), foreign.dataSource ?? output.word('unknown')],
    [output.word('version'), foreign.version ?? output.word('unknown')],
    [output.word('time'), foreign.time === undefined ? output.word('unknown') : instantText(foreign.time)],
    [output.word('size'), bytes(foreign.size)],
  ]);
  const entries = table(
    [
      { title: output.heading('type'), cell: ({ type }) => type },
      { title: output.heading('size'), align: 'right', cell: ({ size }) => bytes(size) },
      { title: output.heading('path'), cell: ({ path }) => path },
      { title: output.heading('warning'), cell: ({ warning }) => warning ?? '' },
    ],
    foreign.entries,
  );
  return `${head}\n${entries}${foreign.truncated ? '…\n' : ''}`;
}
