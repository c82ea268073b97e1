import { onlineManager, QueryClient } from '@tanstack/react-query';
import { HoldfastError } from '../../shared/errors/error.ts';
import { connection } from './connection.ts';

const STALE_MILLISECONDS = 10_000;
const MOST_RETRIES = 3;

/**
 * The page's query cache. Queries wait while the connection is away and are fetched again when it is back; what was
 * on screen stays there meanwhile. Mutations fail at once: nobody wants a click to act minutes later.
 */
export function createQueryClient(): QueryClient {
  onlineManager.setEventListener((setOnline) => {
    const tell = () => setOnline(connection.state().state === 'open');
    tell();
    return connection.subscribe(tell);
  });
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MILLISECONDS,
        refetchOnReconnect: 'always',
        retry: (count, error) => count < MOST_RETRIES && isConnectionLost(error),
        retryDelay: 0,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

export function isConnectionLost(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'host.connection-lost';
}
