import { useSyncExternalStore } from 'react';
import { type ConnectionState, connection } from './connection.ts';

/** The state of the connection to the host, as it changes. */
export function useConnection(): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.state);
}
