import { Query, Resolver } from 'type-graphql';
import { type ChainSource, readChainState } from './chain-state.ts';
import { Health } from './health.graphql.ts';
import { type HealthRegistry, overallStatus } from './health-registry.ts';
import type { SalesGate } from './sales-gate.ts';

export interface HealthParts {
  readonly registry: HealthRegistry;
  readonly chain: ChainSource;
  readonly sales: SalesGate;
  readonly version: string;
  readonly startedAt: Date;
}

@Resolver(() => Health)
export class HealthResolver {
  readonly #parts: HealthParts;

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  @Query(() => Health, {
    description: 'How the desk, what it leans on and the chain are; at most a second old.',
  })
  async health(): Promise<Health> {
    const { registry, chain, sales, version, startedAt } = this.#parts;
    const dependencies = await registry.states();
    const closed = sales.closedBecause();
    return {
      status: overallStatus(dependencies),
      version,
      startedAt,
      dependencies,
      chain: readChainState(chain),
      salesOpen: closed === undefined,
      salesClosedReason: closed ?? null,
    };
  }
}
