import type { Logger } from 'pino';
import { Authenticator } from '../access/authenticator.ts';
import type { Database } from '../database/database.ts';
import { makeDepositLoaders } from '../deposits/deposit-loaders.ts';
import type { Environment } from '../environment.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { ruleMaps } from '../graphql/rooms.ts';
import { buildDeskSchema } from '../graphql/schema.ts';
import { DeskServer } from '../graphql/server.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Clock } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { makeInspectionLoaders } from '../inspection/inspection-loaders.ts';
import { makeLedgerLoaders } from '../ledger/ledger-loaders.ts';
import { makeOperationLoaders } from '../operations/operation-loaders.ts';
import { makeOrderLoaders } from '../orders/order-loaders.ts';
import { OrderIntake } from '../orders/order-intake.ts';
import { ReceiverCheck } from '../orders/receiver-check.ts';
import type { SafeModeStore } from '../safety/safe-mode-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { makeRateLoaders } from '../rates/rate-loaders.ts';
import { makeUpkeepLoaders } from '../upkeep/upkeep-loaders.ts';
import { makeUserLoaders } from '../users/user-loaders.ts';
import { makeWalletLoaders } from '../wallets/wallet-loaders.ts';
import { makeWithdrawalLoaders } from '../withdrawals/withdrawal-loaders.ts';
import { auditPlacedOrders } from './audit-placed-orders.ts';
import type { ChainParts } from './chain.ts';
import { makeDownloads } from './downloads.ts';
import type { InspectionParts } from './inspect.ts';
import { makeResolvers } from './resolvers.ts';
import type { WatchParts } from './watch.ts';
import type { WorkParts } from './work.ts';

export interface ApiParts {
  readonly environment: Environment;
  readonly keyRecipient: string;
  readonly version: string;
  readonly database: Database;
  readonly chain: ChainParts;
  readonly settings: SettingsStore;
  readonly safeMode: SafeModeStore;
  readonly feed: EventFeed;
  readonly jobs: Jobs;
  readonly work: WorkParts;
  readonly inspection: InspectionParts;
  readonly watch: WatchParts;
  readonly ids: IdMaker;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly report: (error: unknown) => void;
}

/** The role api: GraphQL, the console's files and the plain health paths on one port. */
export function assembleApi(parts: ApiParts): DeskServer {
  const { environment, database, chain, feed, jobs, work, clock, log, version } = parts;
  const { source, registry, metrics, sales, routes } = parts.watch;
  const intake = new OrderIntake({
    database,
    ids: parts.ids,
    clock,
    receivers: new ReceiverCheck((address) => chain.headAccount(address)),
    ratio: () => Promise.resolve(chain.parameters.current().energyRatio),
    closedBecause: () => sales.closedBecause(),
    record: auditPlacedOrders,
    wake() {
      if (environment.roles.includes('worker')) work.engine.wake();
      else jobs.wake('delegation');
      feed.wake();
    },
  });
  const { sessionHours } = environment;
  const authenticator = new Authenticator({ database, clock, sessionHours });
  const secureCookies = environment.publicUrl.startsWith('https:');
  const schema = buildDeskSchema({
    rules: ruleMaps,
    resolvers: makeResolvers({
      ...parts,
      intake,
      authenticator,
      sessionHours,
      secureCookies,
      lookAtOrphan: parts.inspection.lookAtOrphan,
      observe: (walletIds) => work.observe(walletIds),
      wakePayer: () => work.wakePayer(),
      health: { registry, chain: source, sales, version, startedAt: clock.now() },
    }),
  });
  const server = new DeskServer({
    schema,
    clock,
    log,
    random: parts.random,
    contextSources: {
      authenticator,
      feed,
      clock,
      sessionHours,
      secureCookies,
      makeLoaders: () => ({
        ...makeDepositLoaders(database),
        ...makeInspectionLoaders(database),
        ...makeLedgerLoaders(database),
        ...makeOperationLoaders(database),
        ...makeWalletLoaders(database),
        ...makeOrderLoaders(database),
        ...makeRateLoaders(database),
        ...makeUpkeepLoaders(database),
        ...makeWithdrawalLoaders(database),
        ...makeUserLoaders(database),
      }),
    },
    host: environment.host,
    port: environment.port,
    publicUrl: environment.publicUrl,
    trustedProxies: environment.trustProxy,
    consoleDir: environment.consoleDir,
    openIntrospection: environment.tronNetwork === 'local',
    routes,
    downloads: makeDownloads(database),
    traffic: metrics,
  });
  metrics.measure({
    name: 'desk_websocket_connections',
    help: 'Open WebSocket connections of this process.',
    label: 'state',
    read: () => [['open', server.connections]],
  });
  return server;
}
