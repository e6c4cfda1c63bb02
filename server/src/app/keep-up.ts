import { system } from '../kernel/actor.ts';
import { Loop } from '../kernel/loop.ts';
import { topUpByRule } from '../upkeep/top-up.ts';
import { bookCosts } from '../upkeep/book-costs.ts';
import type { ConfinementParts } from '../upkeep/confine-wallet.ts';
import type { WorkOptions } from './work.ts';

/** What keeps the pool's wallets going, beside their orders. */
export interface KeepUp {
  /** Reads and books what solid transactions cost, until nothing is left; says how many they were. */
  bookCosts(): Promise<number>;
  /** Tops up what runs low; says how many top-ups it intended, undefined when another had the turn. */
  topUp(): Promise<number | undefined>;
  /** Solid transactions of the pool came in: there are costs to read. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

const COSTS_MS = 30_000;
const TOP_UP_MS = 15_000;
const AFTER_ERROR_MS = 3_000;

const gasStation = system('gas-station');

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

export function assembleKeepUp(options: WorkOptions): KeepUp {
  const { database, chain, clock, ids, report } = options;
  const parts = { database, nodes: chain.nodes };
  const bookAll = async (): Promise<number> => {
    let all = 0;
    for (let booked = await bookCosts(parts); booked > 0; booked = await bookCosts(parts)) {
      all += booked;
    }
    return all;
  };
  const topUp = (): Promise<number | undefined> =>
    database.transaction(gasStation, (em) => topUpByRule(em, ids));
  const every = (ms: number, step: () => Promise<unknown>): Loop =>
    new Loop(clock, async () => {
      try {
        await step();
        return ms;
      } catch (error) {
        report(error);
        return AFTER_ERROR_MS;
      }
    });
  const costs = every(COSTS_MS, bookAll);
  const topUps = every(TOP_UP_MS, topUp);
  return {
    bookCosts: bookAll,
    topUp,
    wake: () => costs.wake(),
    start() {
      costs.start();
      topUps.start();
    },
    async stop() {
      await costs.stop();
      await topUps.stop();
    },
  };
}
