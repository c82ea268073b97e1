import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorPanel } from './ErrorPanel.tsx';
import { LoadingTable } from './Skeletons.tsx';

/**
 * The three faces of a query: skeleton, error with its remedy, data. What was there before stays while it is fetched
 * again, also when that fails because the connection is away: the banner says so.
 */
export function QueryView<T>({
  query,
  loading = <LoadingTable />,
  children,
}: {
  readonly query: UseQueryResult<T, Error>;
  readonly loading?: ReactNode;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  return loading;
}
