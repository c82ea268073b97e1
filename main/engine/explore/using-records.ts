import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Opening } from '../../../shared/model/target.ts';
import type { EngineContext } from '../context.ts';
import { openFound, type ServiceRecords } from '../points/found-archive.ts';
import { type StoredTarget, usingArchives } from '../points/using-archives.ts';

/** Opens the only service that the target names. @throws HoldfastError `engine.service-needed` */
export function usingRecords<T>(
  context: EngineContext,
  target: StoredTarget,
  opening: Opening | undefined,
  signal: AbortSignal | undefined,
  work: (open: ServiceRecords) => Promise<T>,
): Promise<T> {
  return usingArchives(context, target, opening, signal, async (found) => {
    const [archive, second] = found;
    if (archive === undefined || second !== undefined) {
      const known = found.map((each) => each.service).join(', ');
      throw new HoldfastError('engine.service-needed', { where: 'The recovery point', known });
    }
    return work(await openFound(archive, signal));
  });
}
