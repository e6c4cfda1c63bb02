import type { Database, EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Address } from '../chain/address.ts';
import { type Comparison, compareLook, windowOf } from './compare-look.ts';
import {
  closeDifferences,
  fileDifferences,
  fileForeignTransactions,
  knownDifferences,
} from './file-differences.ts';
import { lentByWallet } from './lent-stake.ts';
import type { Wanted, WalletLook } from './look-at-wallet.ts';

export interface InspectorParts {
  readonly database: Database;
  readonly ids: IdMaker;
  /** One look at one node. @throws ChainUnavailable */
  readonly look: (wanted: Wanted) => Promise<WalletLook>;
  readonly pairsPerLook: () => Promise<number>;
}

interface HeldLook {
  readonly walletId: string;
  readonly look: WalletLook;
  readonly waits: number;
}

/** A look that the books have not reached after so many steps is dropped and taken anew. */
const MAX_WAITS = 120;

const actor = system('inspection');

/**
 * Compares, wallet by wallet and receiver by receiver, what the chain has delegated with what the
 * books say is lent. It heals nothing: it files what differs. A look is judged only once our own
 * reading of the solid chain has passed the height at which the look ended.
 */
export class Inspector {
  readonly #parts: InspectorParts;
  #held: HeldLook | undefined;

  constructor(parts: InspectorParts) {
    this.#parts = parts;
  }

  /**
   * Looks at the wallet whose turn it is, or judges the look that waits for the books.
   * @returns what there is to do next: another wallet, the books have to catch up, or no wallet at all
   * @throws ChainUnavailable
   */
  async inspectOnce(): Promise<'judged' | 'waiting' | 'idle'> {
    const held = this.#held ?? (await this.#take());
    const { database, ids } = this.#parts;
    const judged = await database.transaction(actor, async (em) => {
      await fileForeignTransactions(em, ids);
      return held !== undefined && judgeLook(em, ids, held);
    });
    if (!held) return 'idle';
    const again = { ...held, waits: held.waits + 1 };
    this.#held = judged || again.waits > MAX_WAITS ? undefined : again;
    return judged ? 'judged' : 'waiting';
  }

  async #take(): Promise<HeldLook | undefined> {
    const { database, look, pairsPerLook } = this.#parts;
    const em = database.read();
    const wallet = await queryOne<{ id: string; address: Address; after: Address | null }>(
      em,
      `select w.id, w.address, i.last_receiver as after
       from wallets w left join wallet_inspections i on i.wallet_id = w.id
       order by i.compared_at nulls first, w.id limit 1`,
    );
    if (!wallet) return undefined;
    const known = await query<{ receiver: Address }>(
      em,
      `select receiver from rentals where wallet_id = $1 and state <> 'RECLAIMED'
       union
       select receiver from differences
       where wallet_id = $1 and state <> 'GONE' and receiver is not null`,
      [wallet.id],
    );
    const seen = await look({
      owner: wallet.address,
      known: known.map(({ receiver }) => receiver),
      after: wallet.after,
      limit: await pairsPerLook(),
    });
    return { walletId: wallet.id, look: seen, waits: 0 };
  }
}

/** @returns whether the books had reached the height of the look */
async function judgeLook(
  em: EntityManager,
  ids: IdMaker,
  { walletId, look }: HeldLook,
): Promise<boolean> {
  if (!(await booksReached(em, look.through.number))) return false;
  const known = await knownDifferences(em, walletId);
  // After the cursor was read: what the books say of blocks up to it does not change any more.
  const lent = await lentByWallet(em, walletId, windowOf(look).fromMs);
  const comparison = compareLook(walletId, look, lent, known);
  await fileDifferences(em, ids, walletId, look.through.number, comparison.found);
  await closeDifferences(em, comparison.agreeing, look.through.number);
  await keepComparison(em, walletId, look, comparison);
  return true;
}

/** Whether all that solid blocks up to this height mean for us is written down. */
export async function booksReached(em: EntityManager, block: number): Promise<boolean> {
  const cursor = await queryOne<{ number: bigint }>(
    em,
    `select number from chain_cursors where name = 'solid'`,
  );
  return cursor !== undefined && cursor.number >= BigInt(block);
}

async function keepComparison(
  em: EntityManager,
  walletId: string,
  { through, receivers, complete }: WalletLook,
  { total }: Comparison,
): Promise<void> {
  await execute(
    em,
    `insert into wallet_inspections
       (wallet_id, chain_sun, books_sun, difference_sun, block, last_receiver, passes)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (wallet_id) do update
     set chain_sun = excluded.chain_sun, books_sun = excluded.books_sun,
         difference_sun = excluded.difference_sun, block = excluded.block, compared_at = desk_now(),
         last_receiver = excluded.last_receiver, passes = wallet_inspections.passes + excluded.passes`,
    [
      walletId,
      total.chain,
      total.books,
      total.difference,
      through.number,
      complete ? null : (receivers.at(-1) ?? null),
      complete ? 1 : 0,
    ],
  );
}
