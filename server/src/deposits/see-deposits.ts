import { because, type Database, type EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { ChainBlock } from '../chain/block.ts';
import { readSettings } from '../settings/read-settings.ts';
import { decideInOrder } from './credit-deposits.ts';
import { findTokenCalls, findTransfers } from './find-payments.ts';
import { readPayerFacts } from './payer-facts.ts';
import { watchedAmong, WatchedAddresses } from './watched-addresses.ts';
import { writeDeposits } from './write-deposits.ts';

export interface SeeingParts {
  readonly database: Database;
  readonly ids: IdMaker;
  /** How many blocks the solid one is behind the head now; undefined where it is not known. */
  readonly solidLag: () => number | undefined;
}

/** 19 of 27 representatives have to build on a block (tron-facts 0). */
const SOLID_LAG = 19;
const BLOCK_MS = 3_000;

const watcher = system('head-follower');

/**
 * Tells users of deposits at the head, seconds after they are sent: a forecast that moves no money.
 * Calls of USDT count by their words; what contracts pay is seen when it is solid.
 */
export class DepositsAtHead {
  readonly #parts: SeeingParts;
  readonly #watched = new WatchedAddresses();

  constructor(parts: SeeingParts) {
    this.#parts = parts;
  }

  /** @returns how many new ones there were */
  async see(blocks: readonly ChainBlock[]): Promise<number> {
    const { database, ids, solidLag } = this.#parts;
    if (blocks.every(({ transactions }) => transactions.length === 0)) return 0;
    const em = database.read();
    const { values } = await readSettings(em);
    await this.#watched.refresh(em, values['deposits.addresses']);
    if (this.#watched.none) return 0;
    const watch = {
      usdt: values['deposits.usdtContract'],
      mayHave: (hex: string) => this.#watched.mayHave(hex),
    };
    const found = [...findTransfers(blocks, watch), ...findTokenCalls(blocks, watch)];
    if (found.length === 0) return 0;
    const waitMs = (solidLag() ?? SOLID_LAG) * BLOCK_MS;
    return database.transaction(watcher, async (tx) => {
      const watched = await watchedAmong(
        tx,
        found.map(({ address }) => address),
      );
      const payments = found.filter(({ address }) => watched.has(address));
      if (payments.length === 0) return 0;
      const facts = await readPayerFacts(tx, payments, watched);
      const judged = decideInOrder(payments, facts, values);
      await because(tx, 'seen in a head block');
      const written = await writeDeposits(tx, ids, 'head', judged, (timeMs) => timeMs + waitMs);
      return written.length;
    });
  }
}

/** Head blocks that were announced are no longer on the head's chain: what was seen in them is gone. */
export async function unseeDeposits(
  em: EntityManager,
  removed: readonly ChainBlock[],
): Promise<void> {
  const gone = await query<{ id: string }>(
    em,
    `select id from deposits where state = 'SEEN' and block_id = any($1)
     order by id for no key update`,
    [removed.map(({ id }) => id)],
  );
  if (gone.length === 0) return;
  await because(em, 'its block was replaced by another');
  await execute(em, `update deposits set state = 'GONE' where id = any($1::uuid[])`, [
    gone.map(({ id }) => id),
  ]);
}
