import { ZooKeeperError } from './errors.ts';
import type { JuteWriter } from './jute-writer.ts';
import { OpCode } from './opcodes.ts';
import { validatePath, validateSequentialPath } from './paths.ts';
import { openAcl, writeAcl } from './records.ts';
import type { CreateMode, NewData, NodeSpec } from './types.ts';

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

/** Throws `BadArguments`. */
export function validateCreate(path: string, spec: NodeSpec): void {
  const mode = modeOf(spec);
  if (mode.sequential) validateSequentialPath(path, 'create');
  else validatePath(path, 'create');
  if (mode.ttl) validateTtl(spec.ttlMs, path);
}

export function createOpcode(spec: NodeSpec): number {
  return modeOf(spec).opcode;
}

/** Writes the body of a create that {@link validateCreate} let pass; `path` is the server's. */
export function writeCreate(w: JuteWriter, path: string, data: NewData, spec: NodeSpec): void {
  const { flags, ttl } = modeOf(spec);
  w.string(path);
  w.buffer(data);
  writeAcl(w, spec.acl ?? openAcl);
  w.int(flags);
  if (ttl) w.long(BigInt(spec.ttlMs ?? 0));
}

function modeOf(spec: NodeSpec): ModeWire {
  return modes[spec.mode ?? 'persistent'];
}

function validateTtl(ttlMs: number | undefined, path: string): void {
  if (ttlMs !== undefined && Number.isInteger(ttlMs) && ttlMs >= 1 && ttlMs <= longestTtlMs) return;
  throw new ZooKeeperError('BadArguments', {
    op: 'create',
    path,
    message: `a TTL is 1 to ${longestTtlMs} ms`,
  });
}
