import { describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../main/engine/context.ts';
import type { FoundArchive } from '../../../main/engine/points/found-archive.ts';
import { checkCompleteness } from '../../../main/engine/restore/point-checks.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { Target } from '../../../shared/model/target.ts';
import { id, point } from '../catalog/sample.ts';

function note(kind: string, lack?: 'unread' | 'absent'): FidelityNote {
  const text = `${kind} was not captured`;
  return { fidelity: 'partial', kind, code: 'x', text, params: {}, ...(lack && { lack }) };
}

function archive(complete: boolean, notes: readonly FidelityNote[]): FoundArchive {
  const manifest = { complete, notes, source: { id: 'kafka' } };
  return { service: 'Kafka', manifest } as unknown as FoundArchive;
}

/** What is said of a point whose task is not known here. */
function check(from: Target, archives: readonly FoundArchive[], complete = false): string[] {
  const catalog = { points: { get: () => point(1, { complete }) }, tasks: { find: () => undefined } };
  const order = { from, services: [], select: [], mode: 'equal' as const };
  const checks = checkCompleteness({ catalog } as unknown as EngineContext, order, archives);
  return checks.map(({ subject, result, finding }) => `${result} ${subject}: ${finding.en}`);
}

const fromPoint: Target = { of: 'point', point: id(1) };
const fromUndo: Target = { of: 'undo', run: id(2) };

describe('what a plan says of the completeness of its point', () => {
  it('names each kind that is lacking once, and no kind that has other notes', () => {
    const notes = [note('user', 'unread'), note('topic', 'absent'), note('user', 'unread'), note('quota')];
    expect(check(fromPoint, [archive(false, notes)])).toEqual([
      expect.stringMatching(/^warning Kafka: .*is of: topic, user\. First: user was not captured$/),
    ]);
  });

  it('does not count as lacking in an undo point what was not there', () => {
    expect(check(fromUndo, [archive(false, [note('topic', 'absent')])])).toEqual([]);
    expect(check(fromUndo, [archive(false, [note('topic', 'unread')])])).toHaveLength(1);
  });

  it('says at least that a point is incomplete, where nothing tells in what', () => {
    expect(check(fromPoint, [archive(true, [])])).toEqual([
      expect.stringContaining(`warning ${id(1)}: The recovery point is incomplete`),
    ]);
  });

  it('says nothing of what is complete', () => {
    expect(check(fromPoint, [archive(true, [note('quota')])], true)).toEqual([]);
    expect(check({ of: 'file', path: '/x' }, [archive(true, [])])).toEqual([]);
  });
});
