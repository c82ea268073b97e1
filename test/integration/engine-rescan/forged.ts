import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checksumLine, taskDirectoryName } from '../../../main/archive/index.ts';
import { describeCluster, describeTask, markOf, newControl } from '../../../main/engine/control/contents.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { ControlFile } from '../../../shared/model/control.ts';
import type { ManifestFacts } from '../../../shared/model/manifest.ts';
import type { StorageConfig } from '../../../shared/model/storage.ts';
import type { Task } from '../../../shared/model/task.ts';
import { entry, noise, writeLines } from '../../unit/archive/support/archives.ts';
import { cluster, id, storage, task } from '../../unit/catalog/sample.ts';

/** An archive that somebody made. */
export interface Forged {
  readonly id: string;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** Task 1 of cluster 1 in storage 1, as the installation knew them that made everything here. */
export const TASK = task(1, { name: 'nightly' });
export const CLUSTER = cluster(1);
export const STORAGE = storage(1);
export const DIRECTORY = directoryOfTask(TASK);

/** Lies in the archive's data. */
const MIDDLE = 3000;

/** The directory of a task in the root of its storage. */
export function directoryOfTask({ name, created }: Task): string {
  return taskDirectoryName(name, new Date(created));
}

/** A folder with what another installation left in it, or one that died. */
export class ForgedFolder {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** An archive of the task's run, with its checksum files; `manifest` says otherwise. */
  async archive(
    number: number,
    manifest: Partial<ManifestFacts> = {},
    directory = DIRECTORY,
  ): Promise<Forged> {
    const archive = number.toString(16).padStart(32, '0');
    const { bytes, sha256, md5, size } = await writeLines(
      [[entry(['app'], { data: noise(6000, number).toString('base64') })]],
      { id: archive },
      {
        set: archive,
        position: {},
        selection: {},
        cluster: { id: CLUSTER.id, name: CLUSTER.name, identity: {} },
        task: { id: TASK.id, name: TASK.name },
        run: { id: id(number) },
        ...manifest,
      },
    );
    const name = `3.9.4_ZooKeeper_202606011000${String(number).padStart(2, '0')}.tar.gz`;
    const path = `${directory}/${name}`;
    this.put(path, bytes);
    this.put(`${path}.sha256`, checksumLine(sha256, name));
    this.put(`${path}.md5`, checksumLine(md5, name));
    return { id: archive, path, sha256, size };
  }

  /** The task's control file with a point for each archive. */
  control(archives: readonly Forged[], more: Partial<ControlFile> = {}, directory = DIRECTORY): void {
    const points = archives.map((archive) => ({
      id: archive.id.slice(16),
      created: '2026-06-01T10:00:00.000Z',
      complete: true,
      archives: [{ ...archive, service: 'ZooKeeper', storage: markOf(STORAGE) }],
    }));
    this.put(
      `${directory}/control.json`,
      JSON.stringify({ ...controlOf(TASK, CLUSTER, STORAGE), points, ...more }),
    );
  }

  put(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  text(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  readControl(directory = DIRECTORY): ControlFile {
    return JSON.parse(this.text(`${directory}/control.json`));
  }

  remove(...paths: readonly string[]): void {
    for (const path of paths) rmSync(join(this.root, path));
  }

  /** Changes one bit in the middle of what the archive holds; footer and manifest stay as they are. */
  corrupt(path: string): void {
    const bytes = readFileSync(join(this.root, path));
    bytes.writeUInt8(bytes.readUInt8(MIDDLE) ^ 1, MIDDLE);
    writeFileSync(join(this.root, path), bytes);
  }

  /** Names in the task's directory, the lease left out. */
  names(directory = DIRECTORY): readonly string[] {
    return readdirSync(join(this.root, directory)).filter(
      (name) => name !== 'lease' && !name.startsWith('.'),
    );
  }
}

/** A control file without points. */
export function controlOf(
  of: Task,
  its: Cluster,
  lies: StorageConfig,
  others: readonly StorageConfig[] = [],
): ControlFile {
  return newControl({
    owner: { hostName: 'lost', dataDirectory: id(77) },
    storage: markOf(lies),
    task: describeTask(of, [lies, ...others]),
    cluster: describeCluster(its, {}),
    written: new Date('2026-06-01T10:00:00.000Z'),
  });
}
