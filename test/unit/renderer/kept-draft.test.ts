import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyDraft } from '../../../renderer/features/tasks/wizard/draft.ts';
import { forgetDraft, keepDraft, keptDraft } from '../../../renderer/features/tasks/wizard/kept-draft.ts';

const draft = emptyDraft(new Date('2026-03-28T12:00:00.000Z'), 'UTC');

beforeEach(() => {
  const items = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
});
afterEach(() => void vi.unstubAllGlobals());

test('a draft is kept with the definition that it was begun from, until it is forgotten', () => {
  keepDraft('edit 1', { draft, before: 'as it was' });
  keepDraft('new', { draft });
  expect(keptDraft('edit 1')).toEqual({ draft, before: 'as it was' });
  expect(keptDraft('new')).toEqual({ draft });
  forgetDraft('edit 1');
  expect(keptDraft('edit 1')).toBeUndefined();
});

test('what cannot be read is no draft', () => {
  const write = (text: string) => sessionStorage.setItem('holdfast.task-draft.edit 1', text);
  write('{');
  expect(keptDraft('edit 1')).toBeUndefined();
  write(JSON.stringify(draft));
  expect(keptDraft('edit 1')).toBeUndefined();
});
