import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLocalPolicy } from '../../../server/src/app/open-local-policy.ts';
import { programs } from '../../../server/src/crash/instance.ts';
import { HEAP_ENVIRONMENT, heapFlags } from '../../../server/src/heap-flags.ts';
import type { RowContext } from '../row.ts';
import { ApiCaller } from './api-caller.ts';
import { freePort } from './bench-postgres.ts';
import { ChildProgram } from './child-program.ts';
import type { DeskSize } from './seed.ts';
import { openServiceDesk, type ServiceDesk } from './service-desk.ts';
import { until } from './until.ts';

export type Role = 'api' | 'worker' | 'watcher';

export interface ProcessDeskOptions extends DeskSize {
  /** ms between blocks; of the chain unless told. */
  readonly blockMs?: number;
}

/** A seeded desk whose parts run as processes of their own, as built and as in production. */
export interface ProcessDesk extends ServiceDesk {
  /** Starts a process with these roles; with `api` it can be called. */
  readonly start: (
    roles: readonly Role[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<DeskProcess>;
}

export interface DeskProcess {
  readonly program: ChildProgram;
  readonly url: string;
  /** Callers with the bot's key, at most this many requests at once. */
  readonly caller: (connections: number) => ApiCaller;
  /** What it holds once garbage is collected, in MB. Stops it for that while. */
  readonly liveMegabytes: () => Promise<number>;
}

const memoryProbe = fileURLToPath(new URL('memory-probe.ts', import.meta.url));
const PROBE_SECONDS = 30;

const BLOCK_MS = 3_000;

export async function openProcessDesk(
  context: RowContext,
  { blockMs = BLOCK_MS, ...size }: ProcessDeskOptions,
): Promise<ProcessDesk> {
  const { folder, defer } = context;
  const desk = await openServiceDesk(context, size, blockMs);
  const signerDir = path.join(folder, 'signer');
  await openLocalPolicy(desk.database, signerDir);
  let started = 0;
  return {
    ...desk,
    async start(roles, env = {}) {
      started += 1;
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const memoryFile = path.join(folder, `memory-${started}`);
      const program = await ChildProgram.start({
        name: `${roles.join('-')}-${started}`,
        args: [
          ...heapFlags(roles),
          '--expose-gc',
          '--import',
          memoryProbe,
          path.join(programs, 'main.js'),
        ],
        folder,
        readyUrl: `${url}/healthz`,
        env: {
          ...HEAP_ENVIRONMENT,
          DATABASE_URL: desk.databaseUrl,
          TRON_NETWORK: 'local',
          TRON_NODES: desk.devnet.url,
          KEY_IDENTITY_FILE: desk.identityFile,
          KEY_RECIPIENT: desk.recipient,
          SIGNER_DIR: signerDir,
          ROLES: roles.join(','),
          PORT: port.toString(),
          INSTANCE_NAME: `bench-${started}`,
          LOG_LEVEL: 'warn',
          BENCH_MEMORY_FILE: memoryFile,
          ...env,
        },
      });
      defer(() => program.stop());
      return {
        program,
        url,
        caller(connections) {
          const caller = new ApiCaller(url, desk.apiKey, connections);
          defer(() => caller.close());
          return caller;
        },
        async liveMegabytes() {
          await rm(memoryFile, { force: true });
          process.kill(program.pid, 'SIGUSR2');
          let text = '';
          await until('the process has told its memory', PROBE_SECONDS, async () => {
            text = await readFile(memoryFile, 'utf8').catch(() => '');
            return text.endsWith('\n');
          });
          return Number(text);
        },
      };
    },
  };
}
