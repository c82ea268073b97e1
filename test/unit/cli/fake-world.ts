import { z } from 'zod';
import { runCli } from '../../../main/cli/main.ts';
import type { Client } from '../../../main/cli/session/client.ts';
import type { World } from '../../../main/cli/world.ts';
import { defineSource } from '../../../main/sources/contract.ts';
import { defineStorage } from '../../../main/storages/contract.ts';
import { field } from '../../../shared/options/field.ts';

const unused = () => Promise.reject(new Error('no driver is connected here'));
const text = { en: 'Text', zh: '文本' };

/** A source with a field of every kind. */
export const testSource = defineSource({
  id: 'testsource',
  dataSource: 'TestSource',
  label: text,
  summary: text,
  options: z.object({
    connectString: field(z.string(), { label: { en: 'Servers', zh: '服务器' }, example: 'a:1' }),
    auth: field(z.enum(['none', 'digest']).default('none'), { label: { en: 'Sign-in', zh: '认证' } }),
    password: field(z.string().optional(), {
      label: { en: 'Password', zh: '密码' },
      secret: true,
      visibleWhen: { field: 'auth', oneOf: ['digest'] },
    }),
    attempts: field(z.int().default(3), { label: { en: 'Attempts', zh: '次数' } }),
    tls: field(z.boolean().default(false), { label: { en: 'TLS', zh: 'TLS' } }),
    tlsCa: field(z.string().optional(), { label: { en: 'CA', zh: 'CA' }, widget: 'file-content' }),
  }),
  selection: z.object({
    roots: field(z.array(z.string()).default(['/']), { label: { en: 'Subtrees', zh: '子树' } }),
  }),
  kinds: [],
  capabilities: {},
  account: text,
  connect: unused,
});

/** A storage that needs a secret. */
export const testStorage = defineStorage({
  id: 'teststorage',
  label: text,
  summary: text,
  options: z.object({
    directory: field(z.string(), { label: { en: 'Directory', zh: '目录' }, widget: 'path' }),
    password: field(z.string(), { label: { en: 'Password', zh: '密码' }, secret: true }),
    access: field(z.enum(['none', 'all']).default('none'), { label: { en: 'Access', zh: '权限' } }),
  }),
  capabilities: {},
  account: text,
  connect: unused,
});

export interface FakeWorldOptions {
  readonly env?: Record<string, string>;
  /** Files by path. */
  readonly files?: Record<string, string>;
  readonly input?: string;
  /** What the person answers, in order; absent: there is no person. */
  readonly answers?: string[];
  readonly terminal?: boolean;
  readonly client?: object;
  readonly engine?: 'own' | 'host';
  readonly now?: () => number;
}

export interface FakeWorld extends World {
  readonly out: () => string;
  readonly err: () => string;
  /** Questions that were asked; those for secrets in brackets. */
  readonly questions: string[];
  /** Sessions that were opened and closed, and exits. */
  readonly happened: string[];
  readonly interrupt: () => void;
}

/** A world in memory. The client is whatever the test makes of it: only what a command calls has to be there. */
export function fakeWorld(argv: readonly string[], options: FakeWorldOptions = {}): FakeWorld {
  const { env = {}, files = {}, answers, terminal = false } = options;
  const printed = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const questions: string[] = [];
  const happened: string[] = [];
  const sink = (name: 'out' | 'err') => ({
    write: async (piece: string) => {
      printed[name] += piece;
    },
    isTerminal: terminal,
    columns: 100,
  });
  return {
    argv,
    env,
    platform: 'linux',
    runtime: {},
    home: '/home/me',
    cwd: '/work',
    timeZone: 'Asia/Shanghai',
    stdout: sink('out'),
    stderr: sink('err'),
    interactive: answers !== undefined,
    now: options.now ?? (() => 0),
    date: () => new Date('2026-03-01T00:00:00.000Z'),
    ask: async (question, { hidden }) => {
      questions.push(hidden ? `[${question}]` : question);
      return answers?.shift() ?? '';
    },
    readInput: async () => options.input ?? '',
    writeFile: async (path, content) => {
      files[path] = typeof content === 'string' ? content : Buffer.from(content).toString('base64');
    },
    readFile: async (path) => files[path] ?? Promise.reject(new Error(`no ${path}`)),
    isFile: async (path) => path in files,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exit: (code) => void happened.push(`exit ${code}`),
    engines: {
      findHost: async () => undefined,
      connectHost: async () => undefined,
      linkTo: unused,
      openOwn: async (directory) => {
        happened.push(`open ${directory}`);
        const client = { vault: { state: async () => ({ state: 'absent' }) }, ...options.client };
        return {
          client: client as unknown as Client,
          engine: options.engine ?? 'own',
          close: async () => void happened.push('close'),
        };
      },
    },
    sources: [testSource],
    storages: [testStorage],
    version: '1.2.3',
    inspect: unused,
    serve: unused,
    openBrowser: unused,
    writeBundle: unused,
    users: () => ({ list: unused, add: unused, set: unused, revoke: unused, remove: unused }),
    readAudit: unused,
    out: () => printed.out,
    err: () => printed.err,
    questions,
    happened,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
}

/** Runs one command in a world of its own. */
export async function runFake(argv: readonly string[], options: FakeWorldOptions = {}) {
  const world = fakeWorld(argv, options);
  const code = await runCli(world);
  return { code, world, out: world.out(), err: world.err() };
}
