import type { Database } from '../database/database.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type ChainSource, findNodes, readChainState } from '../monitoring/chain-state.ts';
import type { Finding, HealthRegistry } from '../monitoring/health-registry.ts';
import type { Health } from '../tron/node-health.ts';
import type { WorkParts } from './work.ts';

/** Says what this process leans on and how each is asked. */
export function registerDependencies(
  registry: HealthRegistry,
  parts: {
    readonly database: Database;
    readonly chain: ChainSource;
    readonly jobs: Jobs;
    /** The parts that read the chain, in a process that does. */
    readonly work: WorkParts | undefined;
  },
): void {
  const { database, chain, jobs, work } = parts;
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
