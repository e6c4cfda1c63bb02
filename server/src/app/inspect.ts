import type { Database } from '../database/database.ts';
import { type Clock, delay } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { booksReached, Inspector } from '../inspection/inspector.ts';
import { checkInvariants } from '../inspection/invariants.ts';
import { lookAtWallet } from '../inspection/look-at-wallet.ts';
import { lookAtOrphan, type OrphanLook, type OrphanPair } from '../inspection/reclaim-orphan.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { Loop } from '../kernel/loop.ts';
import type { ChainParts } from './chain.ts';

export interface InspectOptions {
  readonly database: Database;
  readonly chain: ChainParts;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly report: (error: unknown) => void;
}

/** What holds the chain against the books, and the books against themselves. */
export interface InspectionParts {
  readonly inspector: Inspector;
  /** Every invariant, once. */
  check(): Promise<void>;
  /** Looks at a pair of accounts, and waits a little for the books to reach it. */
  readonly lookAtOrphan: (pair: OrphanPair) => Promise<OrphanLook>;
  start(): void;
  stop(): Promise<void>;
}

const CATCH_UP_MS = 1_000;
const AFTER_ERROR_MS = 10_000;
const LOOKS_FOR_BOOKS = 40;
const BETWEEN_LOOKS_MS = 250;

/** Made in every process; started in those with the role watcher. */
export function assembleInspection(options: InspectOptions): InspectionParts {
  const { database, chain, settings, clock, ids, report } = options;
  const inspector = new Inspector({
    database,
    ids,
    look: (wanted) => chain.nodes.read((node) => lookAtWallet(node, wanted)),
    pairsPerLook: async () => (await settings.current()).values['inspection.pairsPerLook'],
  });
  const check = (): Promise<void> =>
    checkInvariants({
      database,
      settings: async () => (await settings.current()).values,
      disagreement: () => chain.nodes.disagreement(),
    });
  const loop = (step: () => Promise<number>): Loop =>
    new Loop(clock, async () => {
      try {
        return await step();
      } catch (error) {
        report(error);
        return AFTER_ERROR_MS;
      }
    });
  const inspecting = loop(async () => {
    const outcome = await inspector.inspectOnce();
    if (outcome === 'waiting') return CATCH_UP_MS;
    return (await settings.current()).values['inspection.everySeconds'] * 1_000;
  });
  const checking = loop(async () => {
    await check();
    return (await settings.current()).values['safety.checkSeconds'] * 1_000;
  });
  return {
    inspector,
    check,
    async lookAtOrphan(pair) {
      const look = await chain.nodes.read((node) => lookAtOrphan(node, pair));
      for (let looks = 0; looks < LOOKS_FOR_BOOKS; looks += 1) {
        if (await booksReached(database.read(), look.through.number)) break;
        await delay(clock, BETWEEN_LOOKS_MS);
      }
      return look;
    },
    start() {
      inspecting.start();
      checking.start();
    },
    async stop() {
      await inspecting.stop();
      await checking.stop();
    },
  };
}
