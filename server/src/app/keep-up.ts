import { Loop } from '../tron/loop.ts';
import { bookCosts } from '../upkeep/book-costs.ts';
import type { ConfinementParts } from '../upkeep/confine-wallet.ts';
import type { WorkOptions } from './work.ts';

/** What keeps the pool's wallets going, beside their orders. */
export interface KeepUp {
  /** Reads and books what solid transactions cost, until nothing is left; says how many they were. */
  bookCosts(): Promise<number>;
  /** Solid transactions of the pool came in: there are costs to read. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

const COSTS_MS = 30_000;
const AFTER_ERROR_MS = 3_000;

/** What confining a key needs of the house. */
export function confinementParts({
  database,
  ids,
  chain,
}: Pick<WorkOptions, 'database' | 'ids' | 'chain'>): ConfinementParts {
  return {
    database,
    ids,
    account: (address) => chain.headAccount(address),
    fees() {
      const { permissionUpdateFeeSun, bandwidthPriceSun } = chain.parameters.current();
      return { permissionUpdate: permissionUpdateFeeSun, bandwidthPrice: bandwidthPriceSun };
    },
  };
}

export function assembleKeepUp({ database, chain, clock, report }: WorkOptions): KeepUp {
  const parts = { database, nodes: chain.nodes };
  const bookAll = async (): Promise<number> => {
    let all = 0;
    for (let booked = await bookCosts(parts); booked > 0; booked = await bookCosts(parts)) {
      all += booked;
    }
    return all;
  };
  const costs = new Loop(clock, async () => {
    try {
      await bookAll();
      return COSTS_MS;
    } catch (error) {
      report(error);
      return AFTER_ERROR_MS;
    }
  });
  return {
    bookCosts: bookAll,
    wake: () => costs.wake(),
    start: () => costs.start(),
    stop: () => costs.stop(),
  };
}
