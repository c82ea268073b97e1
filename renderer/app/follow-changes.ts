import type { Query, QueryClient } from '@tanstack/react-query';
import type { Change } from '../../shared/model/change.ts';
import { api, client } from '../connection/client.ts';
import { connection } from '../connection/connection.ts';
import { isSealed } from '../ui/target/sealed.ts';

const GATHER_MILLISECONDS = 250;
const RETRY_MILLISECONDS = 5_000;

/** What is read anew when something of a kind changes. The overview shows a little of everything. */
const READ_ANEW: { readonly [kind in Change['kind']]: readonly (readonly unknown[])[] } = {
  all: [[]],
  cluster: [api.clusters.key(), api.overview.key()],
  storage: [api.storages.key(), api.overview.key()],
  task: [api.tasks.key(), api.overview.key()],
  run: [api.runs.key(), api.tasks.key(), api.overview.key(), api.restores.report.key()],
  point: [api.points.key(), api.overview.key()],
  vault: [api.vault.key(), api.keys.key()],
};

/**
 * False for what waits for a secret from the person: reading it anew would take away the field in which it is being
 * typed.
 */
function isAnswered({ state }: Query): boolean {
  return !isSealed(state.error);
}

/**
 * Keeps what is on screen true: whatever the host says has changed is fetched again, a quarter of a second's worth
 * of changes at once. Goes on after a lost connection. Gives what ends it.
 */
export function followChanges(queries: QueryClient): () => void {
  const abort = new AbortController();
  const gathered = new Set<Change['kind']>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const queryKey of [...gathered].flatMap((kind) => READ_ANEW[kind])) {
      void queries.invalidateQueries({ queryKey, predicate: isAnswered });
    }
    gathered.clear();
  };
  const follow = async () => {
    await connection.whenOpen(abort.signal);
    for await (const { kind } of await client.system.changes({}, { signal: abort.signal })) {
      gathered.add(kind);
      timer ??= setTimeout(flush, GATHER_MILLISECONDS);
    }
  };
  const keepOn = () => {
    if (abort.signal.aborted) return;
    follow().then(pause, pause);
  };
  const pause = () => {
    if (!abort.signal.aborted)
      setTimeout(keepOn, connection.state().state === 'open' ? RETRY_MILLISECONDS : 0);
  };
  keepOn();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}
