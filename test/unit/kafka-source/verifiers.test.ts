import { expect, it } from 'vitest';
import {
  KafkaError,
  type ScramDescription,
  type ScramMechanism,
} from '../../../main/protocols/kafka/index.ts';
import { ZooKeeperError } from '../../../main/protocols/zookeeper/index.ts';
import type { VerifierAccess } from '../../../main/sources/kafka/scram-verifiers.ts';
import { MalformedVerifier } from '../../../main/sources/kafka/scram-verifiers.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { MemoryPoint } from '../../support/point-memory.ts';
import { accessTo, captured, quietCluster } from './quiet-cluster.ts';

const mechanism: ScramMechanism = 'SCRAM-SHA-256';
const verifier = { iterations: 4096, salt: 'c2FsdA==', storedKey: 'c3RvcmVk', serverKey: 'c2VydmVy' };

/** A ZooKeeper of that cluster, whose answers for single users are given. */
function zookeeper(read: (user: string) => void, clusterId = 'quiet'): VerifierAccess {
  return {
    read: async (user) => {
      read(user);
      return new Map([[mechanism, verifier]]);
    },
    clusterId: async () => clusterId,
    insistOn: async (wanted) => {
      if (wanted !== clusterId)
        throw new HoldfastError('source.failed', { service: 'ZooKeeper', problem: clusterId });
    },
    write: async () => {
      throw new Error('nothing is to be written');
    },
    close: async () => {},
  };
}

function told(users: readonly string[]): ScramDescription {
  return { credentials: users.map((user) => ({ user, mechanism, iterations: 4096 })), untold: new Map() };
}

function captureUsers(verifiers: VerifierAccess, users: readonly string[]): Promise<MemoryPoint> {
  const describeScram = async () => told(users);
  return captured(accessTo(quietCluster({ describeScram }), verifiers), { kinds: ['users'] });
}

/** The users, each with whether what checks the password is there. */
function known({ content }: MemoryPoint): (readonly [string | undefined, boolean])[] {
  return content.map(({ key, content: { storedKey } }) => [key[1], storedKey === verifier.storedKey]);
}

function missing(point: MemoryPoint): unknown[] {
  return point.missing.map(({ kind, code, params }) => [kind, code, params.name]);
}

it('what ZooKeeper does not tell of one user is named, the others come with their verifiers', async () => {
  const failures = new Map<string, Error>([
    ['denied', new ZooKeeperError('NoAuth')],
    ['mangled', new MalformedVerifier('/config/users/mangled is not as Kafka writes it')],
  ]);
  const verifiers = zookeeper((user) => {
    const failure = failures.get(user);
    if (failure !== undefined) throw failure;
  });
  const point = await captureUsers(verifiers, ['mangled', 'denied', 'whole']);
  expect(known(point)).toEqual([
    ['denied', false],
    ['mangled', false],
    ['whole', true],
  ]);
  expect(missing(point)).toEqual([
    ['user', 'denied', 'denied'],
    ['user', 'unreadable', 'mangled'],
  ]);
});

it('of another cluster’s ZooKeeper no verifier is taken', async () => {
  const asked: string[] = [];
  const point = await captureUsers(
    zookeeper((user) => asked.push(user), 'another'),
    ['one'],
  );
  expect(known(point)).toEqual([['one', false]]);
  expect(missing(point)).toContainEqual(['user', 'unreadable', 'verifiers']);
  expect(asked).toEqual([]);
});

it('a ZooKeeper that is lost on the way is not asked for every user, and the capture goes on', async () => {
  let asked = 0;
  const users = Array.from({ length: 200 }, (_, i) => `user-${String(i).padStart(3, '0')}`);
  const lost = zookeeper(() => {
    if (++asked > 10) throw new ZooKeeperError('ConnectionLoss');
  });
  const point = await captureUsers(lost, users);
  expect(known(point).filter(([, whole]) => whole)).toHaveLength(10);
  expect(missing(point)).toContainEqual(['user', 'unreadable', 'verifiers']);
  expect(asked).toBeLessThan(100);
});

it('what the first pass knew of a user is not replaced by less', async () => {
  let asked = 0;
  const lost = zookeeper(() => {
    if (++asked > 1) throw new ZooKeeperError('ConnectionLoss');
  });
  const point = await captureUsers(lost, ['one']);
  expect(known(point)).toEqual([['one', true]]);
  expect(missing(point)).toEqual([]);
  expect(point.warnings.map(({ code }) => code)).toContain('not-seen-again');
});

it('a failure of Kafka itself is not taken for one of ZooKeeper', async () => {
  const describeCluster = async (): Promise<never> => {
    throw new KafkaError('Unreachable');
  };
  const describeScram = async () => told(['one']);
  const client = quietCluster({ describeCluster, describeScram });
  const access = accessTo(
    client,
    zookeeper(() => {}),
  );
  await expect(captured(access, { kinds: ['users'] })).rejects.toMatchObject({ code: 'Unreachable' });
});

it('a user that Kafka itself cannot make out is named, the others are captured', async () => {
  const untold = new Map([['mangled', new KafkaError('UNKNOWN_SERVER_ERROR')]]);
  const client = quietCluster({ describeScram: async () => ({ ...told(['whole']), untold }) });
  const point = await captured(accessTo(client), { kinds: ['users'] });
  expect(known(point)).toEqual([['whole', false]]);
  expect(missing(point)).toEqual([['user', 'unreadable', 'mangled']]);
});
