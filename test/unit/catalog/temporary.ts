import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Catalog } from '../../../main/catalog/catalog.ts';
import { openCatalog } from '../../../main/catalog/open.ts';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-catalog-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new catalog that goes with the test, and its path. */
export function temporaryCatalog(): { catalog: Catalog; path: string } {
  const path = join(temporaryFolder(), 'catalog.sqlite');
  const catalog = openCatalog(path);
  onTestFinished(() => catalog.close());
  return { catalog, path };
}
