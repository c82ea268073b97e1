import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCatalog } from '../../../main/catalog/open.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { id } from '../../unit/catalog/sample.ts';

const script = new URL('./child.ts', import.meta.url);
let work: string;

beforeEach(() => {
  work = workFolder('catalog');
});

afterEach(() => removeWorkFolder(work));

it('a process killed at any point leaves every answered change, whole, and nothing half done', async () => {
  const path = join(work, 'catalog.sqlite');
  let next = 1;
  for (let round = 0; round < 6; round++) {
    const child = startChild(script, [path, String(next)]);
    let last = 0;
    for (let line = randomInt(1, 400); line > 0; line--) last = Number(await nextLine(child));
    child.kill('SIGKILL');
    await child.ended;
    const catalog = openCatalog(path);
    expect(catalog.check()).toEqual([]);
    expect(catalog.runs.get(id(last)).state).toBe('running');
    const left = catalog.runs.interruptUnfinished(new Date());
    expect(left.length).toBeGreaterThanOrEqual(last - next + 1);
    for (const { id: one } of left) expect(catalog.runs.log(one)).toHaveLength(2);
    next += left.length;
    catalog.close();
  }
});
