import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { PlanEvent } from '../../../shared/contract/contract.ts';
import type { PlannedOrder, RestorePlan } from '../../../shared/model/plan.ts';
import { api, client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import type { Subject } from '../../ui/target/subject.ts';

const route = getRouteApi('/restore');

/** A plan, or how far it is. */
export interface Planning {
  readonly plan: RestorePlan | undefined;
  /** Progress by service, in the order in which they are compared. */
  readonly progress: readonly PlanProgress[];
  readonly error: unknown;
  readonly retry: () => void;
}

interface PlanProgress {
  readonly service: string;
  readonly done: number;
  readonly total?: number | undefined;
}

interface Streamed {
  readonly progress: readonly PlanProgress[];
  readonly plan: RestorePlan | undefined;
}

const NOTHING: Streamed = { progress: [], plan: undefined };

/**
 * The plan that the address names; else, where one is `wanted`, a new one of the order. Its id goes into the address:
 * whoever loads the page again sees the same plan.
 */
export function usePlan(
  order: PlannedOrder | undefined,
  id: string | undefined,
  subject: Subject | undefined,
  wanted: boolean,
): Planning {
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const known = useQuery({
    ...api.restores.show.queryOptions({ input: { plan: id ?? '' }, staleTime: Number.POSITIVE_INFINITY }),
    enabled: id !== undefined,
  });
  const making = wanted && id === undefined && order !== undefined;
  const stream = useStream<PlanEvent, Streamed>(JSON.stringify([making, order, subject?.revision]), {
    open: (signal) => {
      if (!making || order === undefined) return Promise.resolve(none());
      const opening = subject?.opening === undefined ? {} : { opening: subject.opening };
      const { services, select, ...rest } = order;
      return client.restores.plan(
        { ...rest, services: [...services], select: [...select], ...opening },
        { signal },
      );
    },
    initial: NOTHING,
    reduce: (before, event) =>
      event.event === 'planned'
        ? { ...before, plan: event.plan }
        : {
            ...before,
            progress: [...before.progress.filter(({ service }) => service !== event.service), event],
          },
  });
  const made = making ? stream.value.plan : undefined;
  useEffect(() => {
    if (made === undefined) return;
    queries.setQueryData(api.restores.show.queryKey({ input: { plan: made.id } }), made);
    void navigate({ search: (before) => ({ ...before, step: 'plan', plan: made.id }), replace: true });
  }, [made, navigate, queries]);
  return {
    plan: id === undefined ? made : known.data,
    progress: stream.value.progress,
    error: id === undefined ? stream.error : (known.error ?? undefined),
    retry: id === undefined ? stream.start : () => void known.refetch(),
  };
}

async function* none(): AsyncGenerator<PlanEvent> {}
