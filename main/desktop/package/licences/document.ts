import { join } from 'node:path';
import type { ShippedLicence } from './shipped-licences.ts';

const RULE = '='.repeat(80);

/** The list that is shipped, below the project: among the pages, which show it. */
export const LICENCES_FILE: string = join('renderer', 'public', 'third-party-licences.txt');

/** The whole list as text: the packages with their licences first, then each text once with whom it is for. */
export function licencesDocument(licences: readonly ShippedLicence[]): string {
  const texts = new Map<string, { readonly text: string; readonly packages: string[] }>();
  for (const each of licences) {
    const key = each.text.replaceAll(/\s+/g, ' ');
    const known = texts.get(key) ?? { text: each.text, packages: [] };
    known.packages.push(nameOf(each));
    texts.set(key, known);
  }
  const list = licences.map((each) => `${nameOf(each)}: ${each.licence}`);
  const sections = [...texts.values()].map(
    ({ text, packages }) => `${RULE}\n${packages.join('\n')}\n${RULE}\n\n${text}`,
  );
  return `${[HEAD, list.join('\n'), ...sections].join('\n\n')}\n`;
}

function nameOf({ name, version }: ShippedLicence): string {
  return `${name} ${version}`;
}

const HEAD = `Third-party licences of Holdfast

Holdfast itself is under the Apache License, version 2.0. It contains the
packages below; their parts made for one system are under the licence of what
they belong to. The desktop app contains Electron and Chromium besides:
LICENSE.electron.txt and LICENSES.chromium.html in it.`;
