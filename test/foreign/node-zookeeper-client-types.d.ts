/** The part of node-zookeeper-client 1.1.3 that tests use; the package has no types of its own. */
declare module 'node-zookeeper-client' {
  class Id {
    constructor(scheme: string, id: string);
    readonly scheme: string;
    readonly id: string;
  }

  class ACL {
    constructor(permission: number, id: Id);
    readonly permission: number;
    readonly id: Id;
  }

  interface Stat {
    readonly version: number;
    readonly numChildren: number;
  }

  interface Transaction {
    create(path: string, data: Buffer | null, acls: ACL[]): Transaction;
    commit(done: (error: Error | null) => void): void;
  }

  interface Client {
    connect(): void;
    close(): void;
    once(event: 'connected', listener: () => void): void;
    addAuthInfo(scheme: string, auth: Buffer): void;
    getData(path: string, done: (error: Error | null, data: Buffer | undefined, stat: Stat) => void): void;
    getACL(path: string, done: (error: Error | null, acls: ACL[]) => void): void;
    getChildren(path: string, done: (error: Error | null, children: string[]) => void): void;
    transaction(): Transaction;
  }

  const zooKeeper: {
    createClient(connectString: string, options?: { sessionTimeout?: number }): Client;
    readonly ACL: typeof ACL;
    readonly Id: typeof Id;
  };

  export type { Client };
  export default zooKeeper;
}
