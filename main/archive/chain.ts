import { HoldfastError } from '../../shared/errors/error.ts';
import type { Text } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';
import type { ArchiveReader } from './read/archive-reader.ts';
import { LayeredView, type RecordView } from './read/record-view.ts';

/** A full archive and increments of it, read as the state that the last of them captured. */
export interface ChainReader extends RecordView {
  /** Oldest first. */
  readonly archives: readonly ArchiveReader[];
}

/**
 * Joins a full archive and every increment after it, oldest first. Throws `archive.chain-broken` when one does
 * not name the one before it as its parent, by id and by footer.
 */
export function openChain(archives: readonly ArchiveReader[]): ChainReader {
  const [full] = archives;
  if (full === undefined) {
    throw new HoldfastError('general.invalid-input', {
      what: detail('the-chain'),
      problem: detail('chain-empty'),
    });
  }
  archives.forEach((archive, depth) => {
    checkLink(archive, archives[depth - 1], depth);
  });
  return new Chain(archives);
}

class Chain extends LayeredView implements ChainReader {
  readonly archives: readonly ArchiveReader[];

  constructor(archives: readonly ArchiveReader[]) {
    const byId = new Map(archives.map((archive) => [archive.manifest.id, archive]));
    super({
      layers: archives.toReversed().flatMap((archive) => archive.layers()),
      keepTombstones: false,
      findChunks: (archive) => (archive === undefined ? undefined : byId.get(archive)?.chunkSource()),
    });
    this.archives = archives;
  }
}

function checkLink(archive: ArchiveReader, parent: ArchiveReader | undefined, depth: number): void {
  const { manifest } = archive;
  const broken = (problem: Text) => new HoldfastError('archive.chain-broken', { id: manifest.id, problem });
  if (parent === undefined) {
    if (manifest.parent !== null) throw broken(detail('nothing-before'));
    return;
  }
  if (manifest.parent === null) throw broken(detail('is-full'));
  if (manifest.parent.id !== parent.manifest.id)
    throw broken(detail('parent-is', { parent: manifest.parent.id }));
  if (manifest.parent.footer !== parent.footerSha256) throw broken(detail('parent-replaced'));
  if (manifest.set !== parent.manifest.set || manifest.depth !== depth) throw broken(detail('other-set'));
}
