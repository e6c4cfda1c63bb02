import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { type NodeLimits, parseNodeLimits } from './tron/node-pace.ts';

/** The parts of the desk that one process may run. */
export const processRoles = ['api', 'worker', 'watcher'] as const;
export type ProcessRole = (typeof processRoles)[number];

/**
 * Block 0 of the public networks (`getblockbynum 0`, field blockID): a node of another chain is
 * refused by it. The local network makes its own.
 */
const knownGenesis: Partial<Record<Network, string>> = {
  mainnet: '00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc',
  nile: '0000000000000000d698d4192c56cb6be724a558448e2684802de4d6cd8690dc',
};
const knownExplorers: Partial<Record<Network, string>> = {
  mainnet: 'https://tronscan.org/#',
  nile: 'https://nile.tronscan.org/#',
};

const networks = ['local', 'nile', 'mainnet'] as const;
export type Network = (typeof networks)[number];

/** A text that `holds` accepts; `remedy` says what to write instead. */
const text = (holds: (value: string) => boolean, remedy: string) =>
  z.string({ error: `is missing: ${remedy}` }).refine(holds, { error: remedy });

const whole = (least: number, most: number, remedy: string) =>
  text(
    (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
    remedy,
  )
    // Counts and ports, never amounts.
    .transform(Number);

const oneOf = <const T extends string>(values: readonly T[], remedy: string) =>
  z.enum(values, {
    error: (issue) => (issue.input === undefined ? `is missing: ${remedy}` : remedy),
  });

const isUrl = (value: string, protocols: readonly string[]): boolean => {
  const url = URL.parse(value);
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
};

const list = (value: string): string[] => value.split(',').map((item) => item.trim());

const yesOrNo = (remedy: string) => oneOf(['true', 'false'], remedy).transform((v) => v === 'true');

const webAddress = (remedy: string) =>
  text((value) => isUrl(value, ['http:', 'https:']), remedy).transform((v) =>
    v.replace(/\/+$/, ''),
  );

/** Every variable that the server reads. `.env.example` describes each; a test compares the two. */
const schema = z.object({
  DATABASE_URL: text(
    (value) => isUrl(value, ['postgres:', 'postgresql:']) && new URL(value).pathname.length > 1,
    'write it as postgres://user:password@host:5432/database.',
  ),
  DATABASE_POOL: whole(2, 500, 'give the number of connections, from 2 to 500.').default(10),
  DATABASE_TIMEOUT_SECONDS: whole(5, 600, 'give whole seconds from 5 to 600.').default(30),
  HOST: text(
    (value) => /^[\w.:-]+$/.test(value),
    'give a name or address, such as 127.0.0.1.',
  ).default('127.0.0.1'),
  PORT: whole(1, 65_535, 'give a port from 1 to 65535, such as 3000.').default(3000),
  PUBLIC_URL: webAddress(
    'give the address that people open, such as https://desk.example.com.',
  ).optional(),
  ROLES: text(
    (value) => list(value).every((role) => processRoles.some((known) => known === role)),
    'list what this process does: api, worker, watcher, with commas between.',
  )
    .transform((value) => processRoles.filter((role) => list(value).includes(role)))
    .default([...processRoles]),
  TRON_NETWORK: oneOf(networks, 'choose local, nile or mainnet.'),
  TRON_NODES: text(
    (value) => list(value).every((url) => isUrl(url, ['http:', 'https:'])),
    "list the nodes' base addresses with commas between, such as https://api.trongrid.io.",
  ).transform((value) => list(value).map((url) => url.replace(/\/+$/, ''))),
  TRON_API_KEY: text(
    (value) => /^[\x21-\x7e]+$/.test(value),
    "give the node provider's key as one word, or leave it out.",
  ).optional(),
  TRON_NODE_LIMITS: text(
    (value) => parseNodeLimits(value) !== null,
    'write host=requests per second/burst, or host=none, with commas between, such as api.trongrid.io=15/30.',
  )
    .transform((value) => parseNodeLimits(value) ?? new Map())
    .optional(),
  TRON_GENESIS: text(
    (value) => /^[0-9a-f]{64}$/.test(value),
    'give the id of block 0 as 64 hexadecimal digits, or leave it out.',
  ).optional(),
  JOBS_URL: text(
    (value) => isUrl(value, ['mongodb:', 'mongodb+srv:']),
    'write it as mongodb://host:27017/database, or leave it out to keep jobs in PostgreSQL.',
  ).optional(),
  KEY_RECIPIENT: text(
    (value) => /^age1[02-9ac-hj-np-z]{58}$/.test(value),
    "give the age public key that wallets' keys are sealed for; it begins with age1.",
  ).optional(),
  KEY_IDENTITY_FILE: text(
    (value) => !value.startsWith('AGE-SECRET-KEY'),
    'give the path of the age identity file, never the key itself.',
  ).optional(),
  SIGNER_DIR: z.string().optional(),
  CONSOLE_DIR: z.string().optional(),
  EXPLORER_URL: webAddress(
    'give the address of a block explorer, such as https://tronscan.org/#.',
  ).optional(),
  LOG_LEVEL: oneOf(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'choose trace, debug, info, warn, error, fatal or silent.',
  ).default('info'),
  LOG_PRETTY: yesOrNo('say true for people or false for machines.').default(false),
  SESSION_HOURS: whole(1, 720, 'give whole hours from 1 to 720.').default(12),
  TRUST_PROXY: whole(0, 10, 'give the number of proxies in front of the server, 0 to 10.').default(
    0,
  ),
  METRICS_TOKEN: text(
    (value) => value.length >= 16,
    'give at least 16 characters, or leave it out.',
  ).optional(),
  FIRST_OPERATOR_EMAIL: text(
    (value) => /^[^\s@]+@[^\s@]+$/.test(value),
    "give the first operator's e-mail address.",
  ).default('operator@energy-desk.local'),
  INSTANCE_NAME: text(
    (value) => /^[\w.-]{1,64}$/.test(value),
    'give up to 64 letters, digits, dots and dashes, different for each process.',
  ).optional(),
});

/** The names of all variables that the server reads. */
export const environmentVariables: readonly string[] = Object.keys(schema.shape);

/** Values of these never reach a message. */
const secret = new Set([
  'DATABASE_URL',
  'JOBS_URL',
  'TRON_API_KEY',
  'METRICS_TOKEN',
  'KEY_IDENTITY_FILE',
]);

/** What the environment says, parsed. Made once, at the start of a process. */
export interface Environment {
  readonly databaseUrl: string;
  /** Connections of this process to PostgreSQL, at most. */
  readonly databasePool: number;
  /** Longest statement, silence of PostgreSQL, and wait for a connection. */
  readonly databaseTimeoutMs: number;
  readonly host: string;
  readonly port: number;
  /** Where people open the console, without a slash at the end. */
  readonly publicUrl: string;
  readonly roles: readonly ProcessRole[];
  readonly tronNetwork: Network;
  /** Base addresses of the nodes, without a slash at the end; at least one. */
  readonly tronNodes: readonly string[];
  /** Sent as TRON-PRO-API-KEY with every request to a node. */
  readonly tronApiKey: string | undefined;
  /** How often nodes may be asked, by host; nodes that are not named have the default. */
  readonly tronNodeLimits: NodeLimits;
  /** The id of block 0 that every node must show; undefined means any (local network only). */
  readonly tronGenesis: string | undefined;
  /** MongoDB for Agenda; undefined means Agenda's tables in PostgreSQL. */
  readonly jobsUrl: string | undefined;
  /** The age public key; there in every process with the role api. */
  readonly keyRecipient: string | undefined;
  /** Path of the age identity; there in every process with the role worker. */
  readonly keyIdentityFile: string | undefined;
  /** Folder of the signer's policy, kill switch and journal; there whenever the identity is. */
  readonly signerDir: string | undefined;
  /** Folder of the built console; undefined means that no console is served. */
  readonly consoleDir: string | undefined;
  readonly explorerUrl: string | undefined;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly logPretty: boolean;
  readonly sessionHours: number;
  /** How many proxies in front of the server are believed about the caller's address. */
  readonly trustProxy: number;
  /** /metrics asks for it as a bearer token; undefined means that /metrics is open. */
  readonly metricsToken: string | undefined;
  readonly firstOperatorEmail: string;
  /** Names this process in leases and logs. */
  readonly instanceName: string;
}

/** The environment cannot be used. `problems` has one sentence for each bad variable. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads and checks the environment; an empty variable counts as absent. This is the only place in
 * the server that knows `process.env`.
 *
 * @throws EnvironmentError with a sentence for each variable that is missing or bad.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const given: Record<string, string> = {};
  for (const name of environmentVariables) {
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        const value = given[name];
        if (value === undefined) return `${name} ${issue.message}`;
        return `${name} is ${secret.has(name) ? 'not usable' : `'${value}'`}: ${issue.message}`;
      }),
    );
  }
  const vars = parsed.data;
  const problems = missingForRoles(vars.ROLES, vars);
  const tronGenesis = vars.TRON_GENESIS ?? knownGenesis[vars.TRON_NETWORK];
  if (problems.length > 0) throw new EnvironmentError(problems);
  return {
    databaseUrl: vars.DATABASE_URL,
    databasePool: vars.DATABASE_POOL,
    databaseTimeoutMs: vars.DATABASE_TIMEOUT_SECONDS * 1_000,
    host: vars.HOST,
    port: vars.PORT,
    publicUrl: vars.PUBLIC_URL ?? `http://${vars.HOST}:${vars.PORT}`,
    roles: vars.ROLES,
    tronNetwork: vars.TRON_NETWORK,
    tronNodes: vars.TRON_NODES,
    tronApiKey: vars.TRON_API_KEY,
    tronNodeLimits: vars.TRON_NODE_LIMITS ?? new Map(),
    tronGenesis,
    jobsUrl: vars.JOBS_URL,
    keyRecipient: vars.KEY_RECIPIENT,
    keyIdentityFile: vars.KEY_IDENTITY_FILE,
    signerDir: vars.SIGNER_DIR ?? besideIdentity(vars.KEY_IDENTITY_FILE),
    consoleDir: vars.CONSOLE_DIR,
    explorerUrl: vars.EXPLORER_URL ?? knownExplorers[vars.TRON_NETWORK],
    logLevel: vars.LOG_LEVEL,
    logPretty: vars.LOG_PRETTY,
    sessionHours: vars.SESSION_HOURS,
    trustProxy: vars.TRUST_PROXY,
    metricsToken: vars.METRICS_TOKEN,
    firstOperatorEmail: vars.FIRST_OPERATOR_EMAIL,
    instanceName: vars.INSTANCE_NAME ?? `${hostname()}-${process.pid}`,
  };
}

function besideIdentity(identityFile: string | undefined): string | undefined {
  return identityFile && path.join(path.dirname(identityFile), 'signer');
}

function missingForRoles(
  roles: readonly ProcessRole[],
  vars: { KEY_RECIPIENT?: string | undefined; KEY_IDENTITY_FILE?: string | undefined },
): string[] {
  const problems: string[] = [];
  if (roles.includes('api') && vars.KEY_RECIPIENT === undefined) {
    problems.push(
      'KEY_RECIPIENT is missing, and the role api seals keys with it: give the age public key that `prepare` printed.',
    );
  }
  if (roles.includes('worker') && vars.KEY_IDENTITY_FILE === undefined) {
    problems.push(
      'KEY_IDENTITY_FILE is missing, and the role worker signs with it: give the path of the age identity file.',
    );
  }
  return problems;
}
