import type { Overview } from '../../../shared/model/overview.ts';
import { findAttention } from '../../../shared/report/attention.ts';

/** How things are, as the tray shows it. `away`: nobody knows, the host does not answer or wants a sign-in. */
export type Status =
  | { readonly state: 'away' }
  | {
      readonly state: 'idle' | 'running' | 'attention';
      readonly running: number;
      readonly attention: number;
    };

export const AWAY: Status = { state: 'away' };

/** What needs somebody goes before what runs by itself. The same findings as on the overview's page. */
export function statusOf(overview: Overview): Status {
  const running = overview.running.length;
  const attention = findAttention(overview).length;
  const state = attention > 0 ? 'attention' : running > 0 ? 'running' : 'idle';
  return { state, running, attention };
}
