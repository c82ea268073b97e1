import { type TaskDraft, taskDraft } from './draft.ts';

const PREFIX = 'holdfast.task-draft.';

/** A draft of before this page was loaded, in this tab; undefined when there is none that can be read. */
export function keptDraft(id: string): TaskDraft | undefined {
  const text = sessionStorage.getItem(PREFIX + id);
  if (text === null) return undefined;
  try {
    return taskDraft.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Keeps a draft for this tab, over reloads. Drafts hold no secrets. */
export function keepDraft(id: string, draft: TaskDraft): void {
  sessionStorage.setItem(PREFIX + id, JSON.stringify(draft));
}

export function forgetDraft(id: string): void {
  sessionStorage.removeItem(PREFIX + id);
}
