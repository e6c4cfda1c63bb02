import 'reflect-metadata';
import type { Logger } from 'pino';
import { cleanSessions } from './access/clean-sessions.ts';
import { assembleApi } from './app/api.ts';
import { assembleChain, type ChainParts } from './app/chain.ts';
import { assembleInspection } from './app/inspect.ts';
import { assembleWatch } from './app/watch.ts';
import { assembleWork, type WorkParts } from './app/work.ts';
import { Database } from './database/database.ts';
import { entities } from './entities.ts';
import type { Environment } from './environment.ts';
import { EventFeed } from './events/event-feed.ts';
import { Jobs } from './jobs/jobs.ts';
import { system } from './kernel/actor.ts';
import { assert, present } from './kernel/assert.ts';
import type { Clock } from './kernel/clock.ts';
import { IdMaker } from './kernel/ids.ts';
import type { Random } from './kernel/random.ts';
import { HealthServer } from './monitoring/health-server.ts';
import { RateKeeper } from './rates/rate-keeper.ts';
import { SafeModeStore } from './safety/safe-mode-store.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { SignerProcess } from './signer/signer-process.ts';
import { SignerWatch } from './signing/signer-watch.ts';

export interface AppParts {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
}

/** A process of the desk with the roles that its environment names. */
export interface App {
  readonly database: Database;
  readonly chain: ChainParts;
  readonly work: WorkParts;
  /** The child process that signs; only with the role worker. */
  readonly signer: SignerProcess | undefined;
  /** Starts everything; answers with the port, which without the role api has the health paths only. */
  start(): Promise<number>;
  /** Stops everything in order: what takes requests first, the database last. */
  stop(): Promise<void>;
}

/** The house, put together by hand: everything is made here and handed to whoever needs it. */
export async function createApp(parts: AppParts): Promise<App> {
  const { environment, clock, random, log } = parts;
  const { roles } = environment;
  const isWorker = roles.includes('worker');
  const isWatcher = roles.includes('watcher');
  const report = (error: unknown): void => {
    log.error({ err: error }, 'something failed and will be tried again');
  };
  const ids = new IdMaker(clock, random);
  const database = await Database.connect({
    url: environment.databaseUrl,
    poolSize: environment.databasePool,
    timeoutMs: environment.databaseTimeoutMs,
    entities,
    clock,
    random,
  });
  const chain = assembleChain({
    nodeUrls: environment.tronNodes,
    apiKey: environment.tronApiKey,
    nodeLimits: environment.tronNodeLimits,
    genesisId: environment.tronGenesis,
    clock,
    random,
    report,
  });
  const settings = new SettingsStore(() => database.read(), clock);
  const safeMode = new SafeModeStore(() => database.read(), clock);
  const signer = isWorker
    ? new SignerProcess({
        identityFile: present(environment.keyIdentityFile, 'KEY_IDENTITY_FILE'),
        folder: present(environment.signerDir, 'SIGNER_DIR'),
        clock,
        report,
      })
    : undefined;
  const signerWatch =
    signer &&
    new SignerWatch({ database, signer, clock, ids, worker: environment.instanceName, report });
  const work = assembleWork(
    { database, chain, clock, ids, settings, report, instanceName: environment.instanceName },
    (request) => present(signer, 'signer of the role worker').sign(request),
  );
  const jobs = new Jobs({
    url: environment.jobsUrl ?? environment.databaseUrl,
    instanceName: environment.instanceName,
    clock,
    random,
    onError: (error, doing) => log.warn({ err: error, doing }, 'the job store has trouble'),
    handlers: {
      ...(isWorker && {
        wakeEngine: () => work.engine.wake(),
        sweep: () => work.engine.wake(),
        async cleanSessions() {
          await database.transaction(system('sessions'), cleanSessions);
        },
      }),
      ...(isWatcher && {
        wakeReader: () => work.reader.wake(),
        wakeReclaim: () => work.reader.wake(),
      }),
    },
  });
  const rates = new RateKeeper({
    database,
    clock,
    local: environment.tronNetwork === 'local',
    report,
  });
  const feed = new EventFeed({ database, clock, log });
  const inspection = assembleInspection({ database, chain, settings, clock, ids, report });
  const shared = {
    ...parts,
    database,
    chain,
    settings,
    safeMode,
    jobs,
    work,
    inspection,
    signer,
    report,
  };
  const watch = assembleWatch(shared);
  const server = roles.includes('api')
    ? assembleApi({
        ...shared,
        watch,
        feed,
        ids,
        keyRecipient: present(environment.keyRecipient, 'KEY_RECIPIENT'),
      })
    : new HealthServer(watch.routes, environment);

  return {
    database,
    chain,
    work,
    signer,
    async start() {
      assert(roles.length > 0, 'a process has a role');
      chain.start();
      await settings.current();
      await safeMode.current();
      await signer?.start();
      signerWatch?.start();
      jobs.start();
      if (isWorker) work.startWorker();
      if (isWatcher) work.startWatcher();
      if (isWatcher) inspection.start();
      if (isWatcher) rates.start();
      if (roles.includes('api')) await feed.start();
      return server.start();
    },
    async stop() {
      await feed.stop();
      await server.stop();
      await jobs.stop();
      await inspection.stop();
      await rates.stop();
      await work.stop();
      await signerWatch?.stop();
      await signer?.stop();
      await chain.stop();
      await database.close();
    },
  };
}
