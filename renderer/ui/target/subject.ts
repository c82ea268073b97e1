import { useMemo, useSyncExternalStore } from 'react';
import { targetOf } from '../../../shared/command/target.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';

/** Something that is looked into, and what was given to open it. */
export interface Subject {
  readonly target: Target;
  /** As it stands in the address. */
  readonly text: string;
  /** Secrets: in memory as long as the page is there, never in the address, in storage or in a query's key. */
  readonly opening?: Opening;
  /** Another one whenever something else was given: stands for the opening in keys of queries. */
  readonly revision: number;
}

interface Given {
  readonly opening: Opening;
  readonly revision: number;
}

const given = new Map<string, Given>();
const listeners = new Set<() => void>();
let revisions = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps what opens a sealed archive until the page is left. */
export function giveOpening(text: string, opening: Opening): void {
  given.set(text, { opening, revision: ++revisions });
  for (const listener of listeners) listener();
}

/** The subject that a text in the address names; undefined where it names none. */
export function useSubject(text: string | undefined): Subject | undefined {
  const found = useSyncExternalStore(subscribe, () => (text === undefined ? undefined : given.get(text)));
  return useMemo(() => {
    const target = text === undefined ? undefined : targetOf(text);
    if (text === undefined || target === undefined) return undefined;
    const opening = found === undefined ? {} : { opening: found.opening };
    return { target, text, revision: found?.revision ?? 0, ...opening };
  }, [text, found]);
}

/** What every procedure that looks into a subject is given. */
export function askOf({ target, opening }: Subject): { target: Target; opening?: Opening } {
  return opening === undefined ? { target } : { target, opening };
}

/** First part of the keys of queries about a subject. */
export function subjectKey({ text, revision }: Subject): readonly unknown[] {
  return ['subject', text, revision];
}
