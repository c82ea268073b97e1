import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nameOf, type Target } from '../target.ts';
import { targetOfBinary } from './binary-target.ts';

/** Where npm's package `node` and the package it installs for one system have the program. */
const PLACES = ['node/bin/node{,.exe}', 'node/node_modules/node-*/bin/node{,.exe}', 'node-*/bin/node{,.exe}'];

/**
 * The Node.js program for `target` in one of the `node_modules` folders. npm's package `node` holds the one of the
 * system that it was installed on only, so that for others there is none unless somebody put it there: an error that
 * tells how.
 */
export async function findNode(target: Target, modules: readonly string[], version: string): Promise<string> {
  for (const folder of modules) {
    for await (const path of glob(PLACES, { cwd: folder })) {
      const file = join(folder, path);
      const made = (await stat(file)).isFile() ? await targetOfBinary(file) : undefined;
      if (made?.platform === target.platform && made.arch === target.arch) return file;
    }
  }
  throw new Error(
    `There is no Node.js ${version} for ${nameOf(target)} in ${modules.join(' or ')}. ` +
      'Build on that system, or see "Packages for another system" in docs/packages.md.',
  );
}
