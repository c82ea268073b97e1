import { hash } from 'node:crypto';
import type { BlockForm, OpenedBlock } from '../layout/block-form.ts';
import { BlockProblem, inflateBlock } from '../layout/outer-block.ts';
import type { BlockRecord, PartRecord } from '../layout/part.ts';
import type { PlacedPart } from '../read/archive-index.ts';

/** A block that was opened, or why it could not be. */
export type Outcome = OpenedBlock | BlockProblem;

/** A part with every block's bytes checked against the index and inflated. */
export interface OpenedPart {
  readonly record: PartRecord;
  readonly frame: Outcome;
  readonly blocks: readonly Outcome[];
}

/** Opens a part from the bytes of the stretch that it lies in; inflates in parallel on the thread pool. */
export async function openPart(
  part: PlacedPart,
  bytes: Buffer,
  start: number,
  form: BlockForm,
): Promise<OpenedPart> {
  const { record } = part;
  let at = part.offset - start;
  const next = (block: BlockRecord) => {
    const outer = bytes.subarray(at, at + block.length);
    at += block.length;
    return outer;
  };
  const frame = attempt(next(record.frame), record.frame, async (outer) => {
    const content = await inflateBlock(outer, record.frame.plain);
    return { plain: content, content };
  });
  const blocks = record.blocks.map((block, i) =>
    attempt(next(block), block, (outer) => form.open(outer, block.plain, record.part, i)),
  );
  return { record, frame: await frame, blocks: await Promise.all(blocks) };
}

async function attempt(
  outer: Buffer,
  block: BlockRecord,
  open: (outer: Buffer) => Promise<OpenedBlock>,
): Promise<Outcome> {
  if (hash('sha256', outer, 'base64url') !== block.sha256) return new BlockProblem('its hash does not fit');
  try {
    return await open(outer);
  } catch (error) {
    if (error instanceof BlockProblem) return error;
    throw error;
  }
}
