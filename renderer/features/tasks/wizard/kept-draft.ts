import { z } from 'zod';
import { taskDraft } from './draft.ts';

const PREFIX = 'holdfast.task-draft.';

const kept = z.object({
  draft: taskDraft,
  /** The definition that the draft was begun from; absent: the task is new. */
  before: z.string().optional(),
});
export type KeptDraft = z.infer<typeof kept>;

/** A draft of before this page was loaded, in this tab; undefined when there is none that can be read. */
export function keptDraft(id: string): KeptDraft | undefined {
  const text = sessionStorage.getItem(PREFIX + id);
  if (text === null) return undefined;
  try {
    return kept.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Keeps a draft for this tab, over reloads. Drafts hold no secrets. */
export function keepDraft(id: string, draft: KeptDraft): void {
  sessionStorage.setItem(PREFIX + id, JSON.stringify(draft));
}

export function forgetDraft(id: string): void {
  sessionStorage.removeItem(PREFIX + id);
}
