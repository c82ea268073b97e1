import type { VerifyEvent } from '../../../shared/contract/contract.ts';
import type { Opening } from '../../../shared/model/target.ts';
import type { EngineContext } from '../context.ts';
import { type StoredTarget, usingArchives } from '../points/using-archives.ts';
import { EventQueue } from '../streams/event-queue.ts';
import { recordProof } from './record-proof.ts';
import { type VerifyLevel, verifyFound } from './verify-found.ts';

/** Verifies every archive of a target and keeps the proof with archives that the catalog knows. */
export async function* verifyTarget(
  context: EngineContext,
  target: StoredTarget,
  level: VerifyLevel,
  opening: Opening | undefined,
  signal?: AbortSignal,
): AsyncGenerator<VerifyEvent> {
  const events = new EventQueue<VerifyEvent>();
  yield* events.during(signal, async (stop) => {
    await usingArchives(context, target, opening, stop, async (archives) => {
      for (const archive of archives) {
        const verification = await verifyFound(
          archive,
          level,
          (done, total) => events.latest({ event: 'progress', done, total }),
          stop,
        );
        await events.add({ event: 'verified', verification });
        await recordProof(context, archive, verification, stop);
      }
    });
  });
}
