import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { EngineContext } from '../context.ts';
import { countDifferences, diff } from '../explore/diff.ts';
import { inspectFile } from '../explore/inspect.ts';
import { showPlace } from '../explore/place.ts';
import { readValue } from '../explore/raw-value.ts';
import { search } from '../explore/search.ts';
import { verifyTarget } from '../verify/verify-target.ts';
import type { Api } from './implement.ts';

export const explore = (engine: EngineContext, api: Api) => ({
  place: api.explore.place.handler(({ input, context: { signal } }) => {
    const { target, opening, key, ...page } = input;
    return showPlace(engine, target, opening, key, page, signal);
  }),
  value: api.explore.value.handler(({ input, context: { signal } }) => {
    const { target, opening, key, ...span } = input;
    return readValue(engine, target, opening, key, span, signal);
  }),
  search: api.explore.search.handler(async function* ({ input, context: { signal } }) {
    yield* search(engine, input, signal);
  }),
  diff: api.explore.diff.handler(async function* ({ input, context: { signal } }) {
    yield* diff(engine, input, signal);
  }),
  countDifferences: api.explore.countDifferences.handler(async function* ({ input, context: { signal } }) {
    yield* countDifferences(engine, input, signal);
  }),
  inspect: api.explore.inspect.handler(({ input, context: { signal } }) =>
    inspectFile(input.path, input.opening, signal),
  ),
  verify: api.explore.verify.handler(async function* ({ input, context: { signal } }) {
    const { target, level, opening } = input;
    if (target.of === 'cluster') {
      throw new HoldfastError('general.invalid-input', {
        what: detail('what-to-verify'),
        problem: detail('live-cluster'),
      });
    }
    yield* verifyTarget(engine, target, level, opening, signal);
  }),
});
