import { HoldfastError } from '../../../shared/errors/error.ts';
import { type LeaseRecord, leaseRecord } from '../../../shared/model/control.ts';
import type { Storage } from '../../storages/contract.ts';
import { readText, writeText } from './text-object.ts';

/*
 * The lease of a task directory is a chain of generations: objects `lease/1.json`, `lease/2.json`, … The one with
 * the highest number, the head, says how things stand. Every change (taking, renewing, releasing) appends the
 * next generation with exclusive creation, so of several who try at once one succeeds. Nothing is overwritten.
 *
 * The head is never removed and the last KEPT generations stay, so the head's number never falls. Whoever appended
 * looks once more whether something newer is there: a caller that was slow may have created a number that had
 * already come and gone. That is why an append that was confirmed is the only one ever of its number, made on
 * the head of its moment, whatever the clocks and however long requests are under way. The one assumption: no
 * more than KEPT generations are made while a single listing of the few objects in `lease/` runs, since a listing
 * may miss what is created and removed meanwhile.
 */
const KEPT = 16;

const NAME = /^([1-9]\d{0,14})\.json$/;
const LARGEST_RECORD = 64 * 1024;

export interface Generation {
  /** 0: there never was a lease. */
  readonly number: number;
  /** Undefined when there is none or it cannot be understood. */
  readonly record: LeaseRecord | undefined;
}

/** The generations of one task directory's lease. */
export class LeaseChain {
  readonly #storage: Storage;
  readonly #directory: string;

  constructor(storage: Storage, taskDirectory: string) {
    this.#storage = storage;
    this.#directory = taskDirectory === '' ? 'lease' : `${taskDirectory}/lease`;
  }

  /** The newest generation. */
  async head(signal?: AbortSignal): Promise<Generation> {
    for (;;) {
      const number = Math.max(0, ...(await this.#numbers(signal)));
      if (number === 0) return { number, record: undefined };
      const text = await readText(this.#storage, this.#path(number), LARGEST_RECORD, signal);
      // Gone means that many newer ones were made meanwhile.
      if (text !== undefined) return { number, record: understand(text) };
    }
  }

  /** Makes generation `number`, on top of the head before it. False when another came first. */
  async append(number: number, record: LeaseRecord, signal?: AbortSignal): Promise<boolean> {
    if (!(await this.#create(number, record, signal))) return false;
    const numbers = await this.#numbers(signal);
    if (numbers.some((other) => other > number)) return false;
    for (const old of numbers.filter((other) => other <= number - KEPT)) {
      await this.#storage.remove(this.#path(old), signal);
    }
    return true;
  }

  async #create(number: number, record: LeaseRecord, signal?: AbortSignal): Promise<boolean> {
    const path = this.#path(number);
    try {
      await writeText(this.#storage, path, JSON.stringify(record), {
        ifAbsent: true,
        ...(signal && { signal }),
      });
      return true;
    } catch (error) {
      if (!(error instanceof HoldfastError && error.code === 'storage.exists')) throw error;
    }
    // It may be ours all the same: an earlier attempt whose answer was lost on the way.
    const text = await readText(this.#storage, path, LARGEST_RECORD, signal);
    const found = text === undefined ? undefined : understand(text);
    return found?.token === record.token && found.state === record.state;
  }

  async #numbers(signal?: AbortSignal): Promise<number[]> {
    const numbers: number[] = [];
    for await (const { path } of this.#storage.list(this.#directory, signal)) {
      const match = NAME.exec(path.slice(this.#directory.length + 1));
      if (match !== null) numbers.push(Number(match[1]));
    }
    return numbers;
  }

  #path(number: number): string {
    return `${this.#directory}/${number}.json`;
  }
}

function understand(text: string): LeaseRecord | undefined {
  try {
    return leaseRecord.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: held by somebody who cannot be told. It lapses like any other.
    return undefined;
  }
}
