import { ZooKeeperError } from './errors.ts';
import type { JuteWriter } from './jute-writer.ts';
import { OpCode } from './opcodes.ts';
import { validatePath, validateSequentialPath } from './paths.ts';
import { openAcl, writeAcl } from './records.ts';
import type { CreateMode, NodeData, NodeSpec } from './types.ts';

interface ModeWire {
  readonly flags: number;
  readonly opcode: number;
  readonly sequential: boolean;
  readonly ttl: boolean;
}

const { create2, createContainer, createTtl } = OpCode;

/** Flags by `CreateMode`; container and TTL nodes have opcodes of their own. */
const modes: Readonly<Record<CreateMode, ModeWire>> = {
  persistent: { flags: 0, opcode: create2, sequential: false, ttl: false },
  ephemeral: { flags: 1, opcode: create2, sequential: false, ttl: false },
  persistentSequential: { flags: 2, opcode: create2, sequential: true, ttl: false },
  ephemeralSequential: { flags: 3, opcode: create2, sequential: true, ttl: false },
  container: { flags: 4, opcode: createContainer, sequential: false, ttl: false },
  persistentTtl: { flags: 5, opcode: createTtl, sequential: false, ttl: true },
  persistentSequentialTtl: { flags: 6, opcode: createTtl, sequential: true, ttl: true },
};

const longestTtlMs = 2 ** 40 - 1;

/** A node to create, checked and ready to be written. */
export interface PreparedCreate {
  readonly opcode: number;
  /** Writes the request's body. */
  write(w: JuteWriter): void;
}

/** Checks a create and fixes its opcode. Throws `BadArguments`. */
export function prepareCreate(
  path: string,
  serverPath: string,
  data: NodeData,
  spec: NodeSpec,
): PreparedCreate {
  const mode = modes[spec.mode ?? 'persistent'];
  if (mode.sequential) validateSequentialPath(path, 'create');
  else validatePath(path, 'create');
  const ttl = mode.ttl ? validTtl(spec.ttlMs, path) : undefined;
  return {
    opcode: mode.opcode,
    write(w) {
      w.string(serverPath);
      w.buffer(data);
      writeAcl(w, spec.acl ?? openAcl);
      w.int(mode.flags);
      if (ttl !== undefined) w.long(ttl);
    },
  };
}

function validTtl(ttlMs: number | undefined, path: string): bigint {
  if (ttlMs !== undefined && Number.isInteger(ttlMs) && ttlMs >= 1 && ttlMs <= longestTtlMs)
    return BigInt(ttlMs);
  throw new ZooKeeperError('BadArguments', {
    op: 'create',
    path,
    message: `a TTL is 1 to ${longestTtlMs} ms`,
  });
}
