import { queryOptions, useQuery } from '@tanstack/react-query';
import { ROLES, type Role } from '../../shared/contract/session.ts';
import { readSession } from './session.ts';

/** Asks the host who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readSession,
  networkMode: 'always',
  retry: false,
});

/**
 * Who is signed in, and what they may do. The host decides; screens only leave out what it would refuse. `anew` asks
 * the host even when it was asked a moment ago.
 */
export function useSession({ anew = false }: { readonly anew?: boolean } = {}) {
  const { data } = useQuery({ ...sessionQuery, refetchOnMount: anew ? 'always' : true });
  return {
    session: data,
    /** Whether somebody may do what asks for this role; true as long as it is not known. */
    may: (role: Role) =>
      data === undefined || (data.signedIn && ROLES.indexOf(data.role) >= ROLES.indexOf(role)),
  };
}
