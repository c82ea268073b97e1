import type { Text } from '../../shared/errors/text.ts';

/**
 * When a system was looked at: filled by its own tools, broken, still broken after a dry run, restored, broken
 * again by an undo, and restored once more.
 */
export type Moment = 'filled' | 'broken' | 'planned' | 'restored' | 'undone' | 'restored-again';

/** A moment as the end of a sentence that compares with it. */
export const THEN: Readonly<Record<Moment, Text>> = {
  filled: { en: 'as they were backed up', zh: '与备份时' },
  broken: { en: 'as they were when broken', zh: '与被破坏后' },
  planned: { en: 'as they were after the dry run', zh: '与试运行后' },
  restored: { en: 'as they were restored', zh: '与恢复后' },
  undone: { en: 'as they were after the undo', zh: '与撤销后' },
  'restored-again': { en: 'as they were restored again', zh: '与再次恢复后' },
};
