import { MultiReadBatch } from './batch.ts';
import type { Connection } from './connection.ts';
import { isZooKeeperError, ZooKeeperError } from './errors.ts';
import type { Sendable } from './exchange.ts';
import type { SessionTicket } from './handshake.ts';
import { dataAndStat } from './node-reads.ts';
import { Chroot } from './paths.ts';
import {
  addWatchRequest,
  closeSessionRequest,
  getAllChildrenNumberRequest,
  getEphemeralsRequest,
  whoAmIRequest,
} from './session-requests.ts';
import type { Capabilities } from './types.ts';

/** Opens a connection for nothing but the probe; with a ticket it resumes the probe's own session. */
export type OpenThrowaway = (ticket: SessionTicket | undefined) => Promise<Connection>;

interface Probe extends Sendable {
  readonly outcome: Promise<unknown>;
}

const root = new Chroot('');

const probes: Readonly<Record<keyof Capabilities, () => Probe>> = {
  multiRead: () => new MultiReadBatch(root, ['/'], dataAndStat),
  addWatch: () => addWatchRequest(root, '/', 'persistent'),
  getEphemerals: () => getEphemeralsRequest(root, '/'),
  getAllChildrenNumber: () => getAllChildrenNumberRequest(root, '/'),
  whoAmI: () => whoAmIRequest(),
};

/** A drop may be chance; a second one on a fresh connection is an answer. */
const dropsThatMeanNo = 2;

/**
 * Finds out which later operations a server knows. A server drops the connection on an operation it does
 * not know, so this is done on connections of its own, under a session of its own. That session is over when
 * this resolves: its end is a transaction, which must not come after a position that a caller then notes.
 */
export async function probeCapabilities(open: OpenThrowaway): Promise<Capabilities> {
  const throwaway = new Throwaway(open, await open(undefined));
  try {
    return {
      multiRead: await throwaway.knows(probes.multiRead),
      addWatch: await throwaway.knows(probes.addWatch),
      getEphemerals: await throwaway.knows(probes.getEphemerals),
      getAllChildrenNumber: await throwaway.knows(probes.getAllChildrenNumber),
      whoAmI: await throwaway.knows(probes.whoAmI),
    };
  } finally {
    await throwaway.close();
  }
}

class Throwaway {
  #open: OpenThrowaway;
  #connection: Connection;

  constructor(open: OpenThrowaway, connection: Connection) {
    this.#open = open;
    this.#connection = connection;
  }

  async knows(probe: () => Probe): Promise<boolean> {
    for (let drops = 0; drops < dropsThatMeanNo; drops++) {
      const exchange = probe();
      this.#connection.send(exchange);
      try {
        await exchange.outcome;
        return true;
      } catch (error) {
        if (isZooKeeperError(error, 'ProtocolError', 'TlsFailed', 'Closed')) throw error;
        if (!isZooKeeperError(error, 'ConnectionLoss')) return !isZooKeeperError(error, 'Unimplemented');
      }
      this.#connection = await this.#open(this.#connection.ticket);
    }
    return false;
  }

  /** Ends the session, or fails to within the bounds of liveness. */
  async close(): Promise<void> {
    const request = closeSessionRequest();
    this.#connection.send(request);
    await request.outcome.catch(() => {});
    this.#connection.end(new ZooKeeperError('Closed'));
  }
}
