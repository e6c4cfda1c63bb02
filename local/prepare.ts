import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { built } from './build.ts';
import { logFile } from './child.ts';
import { root } from './options.ts';
import { Obstacle, say } from './say.ts';

/** What `server/src/prepare.ts` tells in its last line; secrets only when it has just made them. */
const preparedSchema = z.object({
  keyRecipient: z.string(),
  operator: z.object({ email: z.string(), password: z.string() }).nullish(),
  apiKey: z.string().nullish(),
  /** A key that may also credit balances, for `npm run demo` on the local network. */
  demoApiKey: z.string().nullish(),
  demoUser: z.object({ telegramId: z.string() }).nullish(),
  /** An activated address that belongs to nobody. */
  demoReceiver: z.string().nullish(),
});
export type Prepared = z.infer<typeof preparedSchema>;

/** What `npm run demo` needs to know of the desk that runs. */
const demoAccessSchema = z.object({ url: z.string(), network: z.string(), apiKey: z.string() });
export type DemoAccess = z.infer<typeof demoAccessSchema>;

const demoAccessFile = (dataDir: string): string => path.join(dataDir, 'demo-access.json');

/**
 * Migrates, makes the key pair, seeds: whatever of it is missing. Runs with every start.
 *
 * @throws Obstacle when it fails.
 */
export async function prepare(
  dataDir: string,
  env: Readonly<Record<string, string>>,
): Promise<Prepared> {
  say('Bringing the database up to date …');
  await mkdir(path.join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
  const log = logFile(dataDir, 'prepare');
  const result = await promisify(execFile)(process.execPath, [built.prepare], {
    cwd: root,
    // It makes the key pair, so it cannot be told the public half: the role worker asks for none.
    env: { ...process.env, ...env, ROLES: 'worker' },
    maxBuffer: 16_000_000,
  }).catch((error: unknown) => error as Error & { stdout?: string; stderr?: string });
  await writeFile(log, result.stderr ?? '', { mode: 0o600 });
  if (result instanceof Error) {
    const words = (result.stderr ?? result.message).trimEnd().split('\n').slice(-12).join('\n');
    throw new Obstacle(
      `The database could not be brought up to date; the last words, from ${log}:\n${words}`,
    );
  }
  const line = result.stdout.trimEnd().split('\n').at(-1) ?? '';
  const prepared = preparedSchema.parse(JSON.parse(line));
  await rememberForDemo(dataDir, env, prepared);
  say('The database is up to date');
  return prepared;
}

async function rememberForDemo(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  prepared: Prepared,
): Promise<void> {
  const known = await readDemoAccess(dataDir);
  const apiKey = prepared.demoApiKey ?? known?.apiKey;
  if (apiKey === undefined) return;
  const access: DemoAccess = {
    url: `http://127.0.0.1:${env['PORT'] ?? '3000'}/graphql`,
    network: env['TRON_NODES'] ?? '',
    apiKey,
  };
  const file = demoAccessFile(dataDir);
  await writeFile(file, JSON.stringify(access), { mode: 0o600 });
  await chmod(file, 0o600);
}

/** What the last start left for the demo; undefined when there was none. */
export async function readDemoAccess(dataDir: string): Promise<DemoAccess | undefined> {
  const text = await readFile(demoAccessFile(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : demoAccessSchema.parse(JSON.parse(text));
}
