import type { Inspection } from '../../shared/contract/contract.ts';
import type { UserAdministration } from '../../shared/contract/users.ts';
import type { AuditEntry } from '../../shared/model/audit.ts';
import type { Opening } from '../../shared/model/target.ts';
import type { SourceDriver } from '../sources/contract.ts';
import type { StorageDriver } from '../storages/contract.ts';
import type { Engines } from './session/session.ts';
import type { BundlePart } from './support/bundle-part.ts';

/** Where text goes. */
export interface Sink {
  /** Resolves when the reader can take more. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
}

/** A host that `serve` has started. */
export interface ServedHost {
  readonly url: string;
  readonly tokenFile: string;
  readonly link: string;
  /** Nobody has opened the vault yet. */
  readonly isVaultLocked: boolean;
  close(): Promise<void>;
}

/** What a host's log holds, from the quietest on; each has what stands before it too. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface ServeRequest {
  readonly dataDirectory: string;
  readonly address: string;
  readonly port: number;
  /** PEM files; with them other machines may be served. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Names that other machines open the host by. */
  readonly publicNames: readonly string[];
  /** Folders whose archives may be opened by those who are no admins. */
  readonly openFolders: readonly string[];
  /** Opens the vault that is protected by it. */
  readonly vaultPassphrase?: string;
  readonly logFile?: string;
  readonly logLevel: LogLevel;
}

/** Everything that the command line takes from outside, so that tests can give it something else. */
export interface World {
  /** What stands behind the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Versions and sizes of what the program runs on. */
  readonly runtime: Readonly<Record<string, string | number>>;
  readonly home: string;
  readonly cwd: string;
  /** IANA name of the local time zone. */
  readonly timeZone: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** The time of day. */
  readonly date: () => Date;
  /** One line from the person; `hidden` is not echoed. */
  ask(question: string, options: { readonly hidden: boolean }): Promise<string>;
  /** All of standard input. */
  readInput(): Promise<string>;
  readFile(path: string): Promise<string>;
  /** Replaces the file; only its owner may read it. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  isFile(path: string): Promise<boolean>;
  /** Packs texts into a .tar.gz that only this user can read; an existing file is left alone and an error. */
  writeBundle(path: string, parts: AsyncIterable<BundlePart>): Promise<void>;
  /** Calls back at every Ctrl-C or request to end; the result stops that. */
  onInterrupt(listener: () => void): () => void;
  /**
   * Shows a link in the person's browser, through a page in the folder so that no list of processes holds it. False
   * when this machine has no screen or no browser.
   */
  openBrowser(link: string, folder: string): Promise<boolean>;
  /** Ends the process at once. */
  exit(code: number): void;
  readonly engines: Engines;
  readonly sources: readonly SourceDriver[];
  readonly storages: readonly StorageDriver[];
  readonly version: string;
  /** Looks into an archive file without an engine. */
  inspect(path: string, opening: Opening | undefined, signal: AbortSignal): Promise<Inspection>;
  serve(request: ServeRequest): Promise<ServedHost>;
  users(dataDirectory: string): UserAdministration;
  /** The last entries of the audit log, oldest first. */
  readAudit(
    dataDirectory: string,
    query: {
      readonly limit: number;
      readonly user?: string;
      /** A procedure, or the noun before its dot. */
      readonly procedure?: string;
      readonly outcome?: AuditEntry['outcome'];
      /** Instants: not before the one, before the other. */
      readonly since?: string;
      readonly until?: string;
    },
  ): Promise<readonly AuditEntry[]>;
}
