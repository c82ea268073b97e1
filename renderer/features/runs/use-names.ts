import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../connection/client.ts';

/** Names of tasks and clusters by their ids; undefined for those that are gone. */
export function useNames() {
  const tasks = useQuery(api.tasks.list.queryOptions({ input: {} })).data;
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} })).data;
  return useMemo(() => {
    const taskNames = new Map(tasks?.map(({ task }) => [task.id, task.name]));
    const clusterNames = new Map(clusters?.map(({ id, name }) => [id, name]));
    return {
      tasks: [...taskNames.values()].sort(),
      clusters: [...clusterNames.values()].sort(),
      task: (id: string | undefined) => (id === undefined ? undefined : taskNames.get(id)),
      cluster: (id: string | undefined) => (id === undefined ? undefined : clusterNames.get(id)),
    };
  }, [tasks, clusters]);
}
