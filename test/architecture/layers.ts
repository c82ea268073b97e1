import { join } from 'node:path';
import { checkLayers } from './check-layers.ts';

/** `npm run layers`: prints every breach of the import rules and fails if there is one. */
const breaches = await checkLayers(join(import.meta.dirname, '..', '..'));
for (const breach of breaches) console.error(breach);
console.log(breaches.length === 0 ? 'layers: imports go down only' : `layers: ${breaches.length} breaches`);
process.exitCode = breaches.length === 0 ? 0 : 1;
