import type { Database } from '../database/database.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type ChainSource, findNodes, readChainState } from '../monitoring/chain-state.ts';
import { findStock } from '../monitoring/find-stock.ts';
import type { Finding, HealthRegistry } from '../monitoring/health-registry.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { signerFinding } from '../signing/signer-standing.ts';
import type { SignerProcess } from '../signer/signer-process.ts';
import type { Health } from '../tron/node-health.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { findGasStation, findPermissionAlarms } from '../upkeep/find-upkeep.ts';
import { upkeepState } from '../upkeep/top-up-rows.ts';
import { permissionAlarms } from '../permissions/wallet-permissions.ts';
import { readStock } from '../wallets/inventory.ts';
import type { WorkParts } from './work.ts';

/** Says what this process leans on and how each is asked. */
export function registerDependencies(
  registry: HealthRegistry,
  parts: {
    readonly database: Database;
    readonly chain: ChainSource;
    readonly jobs: Jobs;
    readonly settings: SettingsStore;
    readonly ratio: () => ResourceRatio;
    /** The parts that read the chain, in a process that does. */
    readonly work: WorkParts | undefined;
    /** The process that signs, where one is kept. */
    readonly signer: SignerProcess | undefined;
  },
): void {
  const { database, chain, jobs, settings, ratio, work, signer } = parts;
  registry.register({
    name: 'postgresql',
    essential: true,
    async check() {
      const { up, detail } = await database.ping();
      return { status: up ? 'UP' : 'DOWN', detail: detail ?? null };
    },
  });
  registry.register({
    name: 'tron nodes',
    essential: false,
    check: () => findNodes(readChainState(chain)),
  });
  registry.register({ name: 'jobs', essential: false, check: () => jobs.health() });
  registry.register({
    name: 'stock',
    essential: false,
    async check() {
      const { values } = await settings.current();
      const { free } = await readStock(database.read(), ratio(), values);
      return findStock(free, values['inventory.lowEnergy']);
    },
  });
  registry.register({
    name: 'wallet permissions',
    essential: false,
    check: async () => findPermissionAlarms(await permissionAlarms(database.read())),
  });
  registry.register({
    name: 'gas station',
    essential: false,
    check: async () => findGasStation((await upkeepState(database.read())).problem),
  });
  registry.register({
    name: 'signer',
    essential: false,
    check: () => (signer ? signer.health() : signerFinding(database.read())),
  });
  if (!work) return;
  const { reader, follower } = work;
  registry.register({
    name: 'block reader',
    essential: false,
    check: () => findingOf(reader.health()),
  });
  registry.register({
    name: 'head follower',
    essential: false,
    check: () => findingOf(follower.health()),
  });
}

function findingOf({ state, reason }: Health): Finding {
  return { status: state, detail: reason };
}
