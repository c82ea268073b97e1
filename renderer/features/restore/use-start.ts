import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { api } from '../../connection/client.ts';
import type { Subject } from '../../ui/target/subject.ts';

const route = getRouteApi('/restore');

/** Starts to carry out a plan, and goes to the run. Back in the browser's history leads before the wizard. */
export function useStart(plan: RestorePlan | undefined, subject: Subject | undefined) {
  const navigate = route.useNavigate();
  const start = useMutation(
    api.restores.start.mutationOptions({
      onSuccess: ({ id }) => void navigate({ search: { run: id }, replace: true }),
    }),
  );
  const go = () => {
    if (plan === undefined) return;
    const opening = subject?.opening === undefined ? {} : { opening: subject.opening };
    start.mutate({ plan: plan.id, confirm: plan.clusterName, ...opening });
  };
  return { go, busy: start.isPending, error: start.error };
}
