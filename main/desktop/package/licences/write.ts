import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAllowed } from './allowed.ts';
import { LICENCES_FILE, licencesDocument } from './document.ts';
import { shippedLicences } from './shipped-licences.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..', '..');

const file = join(PROJECT, LICENCES_FILE);
await mkdir(dirname(file), { recursive: true });
const licences = await shippedLicences(PROJECT);
await writeFile(file, licencesDocument(licences));
for (const { name, licence } of licences.filter((each) => !isAllowed(each.licence))) {
  process.stderr.write(
    `${name} is under ${licence || 'no licence'}, which is not on the list of allowed ones\n`,
  );
  process.exitCode = 1;
}
