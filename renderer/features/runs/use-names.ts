import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../connection/client.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const TASKS = api.tasks.list.queryOptions({
  input: {},
  select: (tasks) => tasks.map(({ task }) => named(task)),
});
const CLUSTERS = api.clusters.list.queryOptions({ input: {}, select: (clusters) => clusters.map(named) });

/**
 * Names of tasks and clusters by their ids; undefined for those that are gone. The same object until a name changes:
 * a task's next and last run, which change with every run, do not matter here.
 */
export function useNames() {
  const tasks = useQuery(TASKS).data;
  const clusters = useQuery(CLUSTERS).data;
  return useMemo(() => {
    const taskNames = new Map(tasks?.map(({ id, name }) => [id, name]));
    const clusterNames = new Map(clusters?.map(({ id, name }) => [id, name]));
    return {
      tasks: [...taskNames.values()].sort(),
      clusters: [...clusterNames.values()].sort(),
      task: (id: string | undefined) => (id === undefined ? undefined : taskNames.get(id)),
      cluster: (id: string | undefined) => (id === undefined ? undefined : clusterNames.get(id)),
    };
  }, [tasks, clusters]);
}

function named({ id, name }: Named): Named {
  return { id, name };
}
