import { openCatalog } from '../../../main/catalog/open.ts';
import { id, run } from '../../unit/catalog/sample.ts';

/* Writes runs with logs into a catalog until it is killed: node child.ts <catalog> <first number>. */
const [path = '', first = ''] = process.argv.slice(2);
const catalog = openCatalog(path);
for (let number = Number(first); ; number++) {
  catalog.transaction(() => {
    catalog.runs.add(run(number, { state: 'running' }));
    catalog.runs.appendLog(id(number), [
      { at: '2026-06-01T10:00:00.000Z', level: 'info', text: `first of ${number}` },
      { at: '2026-06-01T10:00:00.000Z', level: 'info', text: `second of ${number}` },
    ]);
  });
  // Told only after it was answered: from here on it must be there.
  process.stdout.write(`${number}\n`);
}
