import { createRouterClient } from '@orpc/server';
import { openEngine } from '../../../main/engine/engine.ts';
import { dieAfter } from '../../support/die-after.ts';

/*
 * A process of a test: node restore-child.ts <data directory> <plan> <cluster> <operations>. Carries the plan out, or
 * goes on with it, and dies of the given number of asynchronous operations after that has begun; should it outlive
 * the restore, it tells how it ended and how many there were.
 */
const [dataDirectory = '', plan = '', confirm = '', last = ''] = process.argv.slice(2);
const engine = await openEngine({ dataDirectory });
const client = createRouterClient(engine.router);
const known = (await client.runs.list({ limit: 1 })).some(({ id }) => id === plan);
if (known) await client.restores.resume({ run: plan });
else await client.restores.start({ plan, confirm });
const operations = dieAfter(Number(last));
for await (const event of await client.runs.watch({ run: plan })) {
  if (event.event !== 'ended') continue;
  process.stdout.write(`${JSON.stringify({ state: event.run.state, operations: operations.count })}\n`);
}
await engine.close();
