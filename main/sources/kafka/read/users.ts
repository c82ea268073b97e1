import type { Entry } from '../../../../shared/model/entry.ts';
import { compareKeys } from '../../../../shared/order/key.ts';
import type { ScramCredential } from '../../../protocols/kafka/index.ts';
import { isZooKeeperError } from '../../../protocols/zookeeper/index.ts';
import { USER } from '../content.ts';
import { userEntry } from '../entries.ts';
import { isVerifierError } from '../faults.ts';
import { inOrder, inRuns } from '../lookahead.ts';
import type { BranchReader, Reading } from '../reading.ts';
import { MalformedVerifier, type Verifier, type VerifierAccess } from '../scram-verifiers.ts';

const BATCH = 1000;
const IN_FLIGHT = 32;
/** Stands for the verifiers of all users among what could not be read. */
const ALL = 'verifiers';

/**
 * SCRAM users; with access to ZooKeeper their verifiers. A user whose verifier cannot be read comes without it, and that
 * is a problem.
 */
export const readUsers: BranchReader = async function* (reading) {
  const { access, signal, problem } = reading;
  const described = await access.client.describeScram({ signal });
  for (const [name, error] of described.untold) problem({ branch: 'users', kind: USER, name, error });
  const credentials = described.credentials
    .map((credential) => ({ credential, plain: userEntry(credential) }))
    .sort((a, b) => compareKeys(a.plain.key, b.plain.key));
  const told = new ToldVerifiers(reading, credentials.length === 0 ? undefined : await ownVerifiers(reading));
  const entries = inOrder(credentials, IN_FLIGHT, async ({ credential, plain }): Promise<Entry> => {
    const verifier = await told.of(credential);
    return verifier === undefined ? plain : userEntry(credential, verifier);
  });
  yield* inRuns(await Array.fromAsync(entries), BATCH);
};

/** The way to the verifiers, unless it leads to another cluster's, or nowhere. */
async function ownVerifiers({ access, signal, problem }: Reading): Promise<VerifierAccess | undefined> {
  const { client, verifiers } = access;
  if (verifiers === undefined) return undefined;
  const { clusterId } = await client.describeCluster({ signal });
  try {
    await verifiers.insistOn(clusterId, signal);
    return verifiers;
  } catch (error) {
    if (!isVerifierError(error)) throw error;
    problem({ branch: 'users', kind: USER, name: ALL, error });
    return undefined;
  }
}

/** Verifiers as long as ZooKeeper tells them; once it is lost, nobody is asked for the rest. */
class ToldVerifiers {
  readonly #reading: Reading;
  #verifiers: VerifierAccess | undefined;

  constructor(reading: Reading, verifiers: VerifierAccess | undefined) {
    this.#reading = reading;
    this.#verifiers = verifiers;
  }

  async of({ user, mechanism }: ScramCredential): Promise<Verifier | undefined> {
    const { signal, problem } = this.#reading;
    try {
      return (await this.#verifiers?.read(user, signal))?.get(mechanism);
    } catch (error) {
      if (!isVerifierError(error)) throw error;
      const ofOne = isZooKeeperError(error, 'NoAuth') || error instanceof MalformedVerifier;
      if (!ofOne) this.#verifiers = undefined;
      problem({ branch: 'users', kind: USER, name: ofOne ? user : ALL, error });
      return undefined;
    }
  }
}
