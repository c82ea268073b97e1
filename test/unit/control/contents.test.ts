import { describe, expect, it } from 'vitest';
import {
  describeCluster,
  describeTask,
  newControl,
  withoutArchives,
  withPin,
  withPoint,
  withProof,
  withStorage,
} from '../../../main/engine/control/contents.ts';
import { type ControlPoint, controlFile } from '../../../shared/model/control.ts';
import { cluster, id, source, storage, task } from '../catalog/sample.ts';

const mark = (number: number) => ({ id: id(number), name: `storage ${number}`, driver: 'local' });

function archive(name: string, path: string, storageNumber = 1): ControlPoint['archives'][number] {
  return { id: name, service: 'ZooKeeper', storage: mark(storageNumber), path, size: 1, sha256: 'ab' };
}

function point(number: number, archives = [archive(`a${number}`, `t/a${number}`)]): ControlPoint {
  const created = `2026-06-0${number}T00:00:00.000Z`;
  return { id: id(number), created, complete: true, archives };
}

function control() {
  return newControl({
    owner: { hostName: 'ws1', dataDirectory: id(77) },
    task: describeTask(task(1), [storage(1)]),
    cluster: describeCluster(cluster(1), { ZooKeeper: { ensemble: 'e1' } }),
    written: new Date('2026-06-01T10:00:00.000Z'),
  });
}

describe('a control file', () => {
  it('that is new fits its schema and names storages so that others know them', () => {
    expect(controlFile.parse(control())).toEqual(control());
    expect(control().task.sources[0]?.storage).toEqual(mark(1));
  });

  it('holds no secret and no reference to one, but says what has to be entered again', () => {
    const service = control().cluster.services[0];
    expect(service).toEqual({
      source: 'zookeeper',
      service: 'ZooKeeper',
      options: { connectString: 'zk1:2181' },
      secrets: ['password'],
      identity: { ensemble: 'e1' },
    });
    expect(JSON.stringify(control())).not.toContain('f00d');
  });

  it('cannot describe a task whose storage is not given', () => {
    expect(() => describeTask(task(1, { sources: [source(2)] }), [storage(1)])).toThrow('unknown storage');
  });

  it('keeps the name of a storage that is not known here', () => {
    const unknown = { ...source(2), unknownStorage: { name: 'storage 2', driver: 'local' } };
    const described = describeTask(task(1, { sources: [source(1), unknown] }), [storage(1)]);
    expect(described.sources.map((each) => each.storage)).toEqual([mark(1), mark(2)]);
    expect(described.sources.some((each) => 'unknownStorage' in each)).toBe(false);
  });

  it('calls its own storage as its writer does, and others as before', () => {
    const archives = [archive('a', 't/a', 1), archive('b', 'u/b', 2)];
    const own = withStorage(withPoint({ ...control(), storage: mark(1) }, point(1, archives)), mark(9));
    expect(own.storage).toEqual(mark(9));
    expect(own.points[0]?.archives.map((each) => each.storage)).toEqual([mark(9), mark(2)]);
  });

  it('lists points by age, each once', () => {
    const three = [point(3), point(1), point(2)].reduce(withPoint, control());
    expect(three.points.map((one) => one.id)).toEqual([id(1), id(2), id(3)]);
    const again = withPoint(three, { ...point(2), complete: false });
    expect(again.points.map((one) => one.complete)).toEqual([true, false, true]);
  });

  it('drops a point with its last archive here, its pin and proofs with it', () => {
    const both = point(1, [archive('z', 't/z'), archive('k', 't/k')]);
    const elsewhere = point(2, [archive('y', 't/y'), archive('o', 'other/o'), archive('q', 't/q', 2)]);
    let file = [both, elsewhere].reduce(withPoint, control());
    for (const one of [1, 2]) file = withPin(file, id(one), true);
    for (const one of ['z', 'y', 'k']) {
      file = withProof(file, { archive: one, at: '2026-06-05T00:00:00.000Z', level: 'file', sound: true });
    }
    const left = withoutArchives(file, ['z', 'y']);
    expect(left.points).toEqual([{ ...both, complete: false, archives: [archive('k', 't/k')] }]);
    expect(left.pins).toEqual([id(1)]);
    expect(left.proofs.map((proof) => proof.archive)).toEqual(['k']);
    expect(withoutArchives(left, ['k']).points).toEqual([]);
  });

  it('pins once and unpins', () => {
    const pinned = withPin(withPin(control(), id(1), true), id(1), true);
    expect(pinned.pins).toEqual([id(1)]);
    expect(withPin(pinned, id(1), false).pins).toEqual([]);
  });

  it('keeps the last proof of an archive', () => {
    const proof = { archive: 'a', at: '2026-06-05T00:00:00.000Z', level: 'content', sound: true } as const;
    const twice = withProof(withProof(control(), proof), { ...proof, sound: false });
    expect(twice.proofs).toEqual([{ ...proof, sound: false }]);
  });

  it('keeps what was found in an archive when only its bytes were looked at since', () => {
    const proof = { archive: 'a', at: '2026-06-05T00:00:00.000Z', level: 'content', sound: false } as const;
    const later = { ...proof, at: '2026-06-06T00:00:00.000Z', level: 'file' } as const;
    const damaged = withProof(control(), proof);
    expect(withProof(damaged, { ...later, sound: true }).proofs).toEqual([proof]);
    const sound = withProof(control(), { ...proof, sound: true });
    expect(withProof(sound, { ...later, sound: true }).proofs).toEqual([{ ...proof, sound: true }]);
    expect(withProof(sound, later).proofs).toEqual([later]);
  });
});
