import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benches } from './benches/all.ts';
import { scales } from './frame/bench.ts';
import { saveRows, table, withMachine } from './frame/results.ts';
import type { Row } from './frame/row.ts';

/**
 * `npm run bench [-- --small] [NAME…]`: runs the benches of these names, or all, prints a table and puts the rows
 * into `latest.json`. With --small the data is tiny: that shows that the benches work, and saves nothing.
 */
const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean', default: false } },
});
const scale = options.small ? scales.small : scales.full;
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  const known = benches.map((bench) => bench.name).join(', ');
  throw new Error(`no such bench: ${unknown.join(', ')}; there are ${known}`);
}

const rows: Row[] = [];
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(`\n${bench.name}: ${bench.about}`);
  const measured = withMachine(await bench.run(scale, (text) => console.log(`  ${text}`)));
  rows.push(...measured);
  if (!options.small) await saveRows(join(import.meta.dirname, 'latest.json'), measured);
}
console.log(`\n${table(rows)}`);
// Servers that benches started end with this process; a leaked handle must not keep it.
process.exit(rows.every((row) => row.met) || options.small ? 0 : 1);
