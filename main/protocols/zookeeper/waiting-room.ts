import type { Connection } from './connection.ts';
import { ZooKeeperError } from './errors.ts';
import type { Sendable } from './exchange.ts';

/** What was asked for while there is no connection, in the order in which it was asked. */
export class WaitingRoom {
  #exchanges: Sendable[] = [];
  #arrivals: PromiseWithResolvers<void>[] = [];

  add(exchange: Sendable): void {
    this.#exchanges.push(exchange);
  }

  /** Resolves when a connection is there; rejects when waiting is over. */
  arrival(): Promise<void> {
    const arrival = Promise.withResolvers<void>();
    this.#arrivals.push(arrival);
    return arrival.promise;
  }

  /** Sends everything, except what nobody waits for any more. */
  release(connection: Connection): void {
    for (const exchange of this.#exchanges.splice(0)) if (!exchange.settled) connection.send(exchange);
    for (const arrival of this.#arrivals.splice(0)) arrival.resolve();
  }

  fail({ code, detail: message, cause }: ZooKeeperError): void {
    const why = { message, cause };
    for (const exchange of this.#exchanges.splice(0)) if (!exchange.settled) exchange.fail(code, why);
    for (const arrival of this.#arrivals.splice(0)) arrival.reject(new ZooKeeperError(code, why));
  }
}
