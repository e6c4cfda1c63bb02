import type { Database } from '../database/database.ts';
import type { Environment } from '../environment.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Clock } from '../kernel/clock.ts';
import { UNIT } from '../kernel/money.ts';
import type { ChainSource } from '../monitoring/chain-state.ts';
import { deskMeasurements } from '../monitoring/desk-measurements.ts';
import { HealthRegistry } from '../monitoring/health-registry.ts';
import { healthRoutes } from '../monitoring/health-routes.ts';
import { Metrics } from '../monitoring/metrics.ts';
import { SalesGate } from '../monitoring/sales-gate.ts';
import type { SafeModeStore } from '../safety/safe-mode-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { SignerProcess } from '../signer/signer-process.ts';
import { energyOfStake } from '../chain/resource-maths.ts';
import type { ChainParts } from './chain.ts';
import { registerDependencies } from './dependencies.ts';
import type { WorkParts } from './work.ts';

export interface WatchOptions {
  readonly environment: Environment;
  readonly version: string;
  readonly database: Database;
  readonly chain: ChainParts;
  readonly settings: SettingsStore;
  readonly safeMode: SafeModeStore;
  readonly jobs: Jobs;
  readonly work: WorkParts;
  readonly signer: SignerProcess | undefined;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

/** What tells how a process is, whatever its roles are. */
export interface WatchParts {
  readonly source: ChainSource;
  readonly registry: HealthRegistry;
  readonly metrics: Metrics;
  readonly sales: SalesGate;
  /** /healthz, /readyz, /metrics. */
  readonly routes: ReturnType<typeof healthRoutes>;
}

export function assembleWatch(options: WatchOptions): WatchParts {
  const { environment, database, chain, settings, jobs, work, clock, version } = options;
  const source = chainSource(environment, chain, clock);
  const registry = new HealthRegistry(clock);
  registerDependencies(registry, {
    database,
    chain: source,
    jobs,
    settings,
    ratio: () => chain.parameters.current().energyRatio,
    work: environment.roles.includes('watcher') ? work : undefined,
    signer: options.signer,
  });
  const metrics = new Metrics(options.report);
  for (const measurement of deskMeasurements(database, source)) metrics.measure(measurement);
  const { metricsToken } = environment;
  return {
    source,
    registry,
    metrics,
    sales: new SalesGate(source, settings, clock, options.safeMode),
    routes: healthRoutes({ registry, metrics, metricsToken, version }),
  };
}

function chainSource(environment: Environment, chain: ChainParts, clock: Clock): ChainSource {
  return {
    network: environment.tronNetwork,
    explorer: environment.explorerUrl ?? null,
    nodes: chain.nodes,
    parametersReadAt() {
      const ageMs = chain.parameters.ageMs();
      return ageMs === null ? null : new Date(clock.now().getTime() - ageMs);
    },
    energyPerTrx() {
      if (chain.parameters.ageMs() === null) return null;
      const thousand = energyOfStake(1_000n * UNIT, chain.parameters.current().energyRatio);
      return `${(thousand / 1_000n).toString()}.${(thousand % 1_000n).toString().padStart(3, '0')}`;
    },
  };
}
