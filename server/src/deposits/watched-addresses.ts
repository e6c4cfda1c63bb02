import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { type Address, addressToHex } from '../chain/address.ts';
import { AddressFilter } from './address-filter.ts';

/** A watched address as stored. */
export interface WatchedAddress {
  readonly address: Address;
  /** Whose own one it is; null for those that everybody pays to. */
  readonly userId: string | null;
}

interface AddressRow {
  readonly address: Address;
}

/** Rows taken into the filter at a time. */
const PAGE = 50_000;

/**
 * The watched addresses as this process remembers them. It may take an address for watched that is
 * not, never the other way round: the rows of every transaction that had committed are in it.
 */
export class WatchedAddresses {
  #filter = new AddressFilter(0);
  /** The oldest transaction that was open at the last look: what it writes may come later. */
  #openSince: string | null = null;

  /** Whether nothing at all is watched. */
  get none(): boolean {
    return this.#filter.added === 0;
  }

  /** @param hex an account as 42 hexadecimal digits: blocks tell them so */
  mayHave(hex: string): boolean {
    return this.#filter.mayHave(hex);
  }

  /** Takes in what was added since the last time. One query where that is nothing. */
  async refresh(em: EntityManager, fixed: readonly Address[]): Promise<void> {
    const horizon = await queryOne<{ xmin: string; known: bigint }>(
      em,
      `select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
              (select count(*) from deposit_addresses where xid >= $1::text::xid8) as known`,
      [this.#openSince ?? '0'],
    );
    const { xmin, known } = present(horizon, 'snapshot');
    if (known > 0n) await this.#take(em, Number(known));
    for (const address of fixed) addOnce(this.#filter, address);
    this.#openSince = xmin;
  }

  async #take(em: EntityManager, known: number): Promise<void> {
    const filter = this.#openSince === null ? new AddressFilter(2 * known) : this.#filter;
    let after: string = '';
    for (;;) {
      const rows = await query<AddressRow>(
        em,
        `select address from deposit_addresses where xid >= $1::text::xid8 and address > $2
         order by address limit $3`,
        [this.#openSince ?? '0', after, PAGE],
      );
      // Those that are still in sight of the last look are known.
      for (const { address } of rows) addOnce(filter, address);
      after = rows.at(-1)?.address ?? '';
      if (rows.length < PAGE) break;
    }
    this.#filter = filter;
    if (!filter.full) return;
    this.#openSince = null;
    const all = await queryOne<{ count: bigint }>(em, 'select count(*) from deposit_addresses');
    await this.#take(em, Number(present(all, 'count').count));
  }
}

function addOnce(filter: AddressFilter, address: Address): void {
  const hex = addressToHex(address);
  if (!filter.mayHave(hex)) filter.add(hex);
}

/** Those of the addresses that are really watched. */
export async function watchedAmong(
  em: EntityManager,
  addresses: readonly string[],
): Promise<Map<string, WatchedAddress>> {
  if (addresses.length === 0) return new Map();
  const rows = await query<WatchedAddress>(
    em,
    `select address, user_id as "userId" from deposit_addresses where address = any($1)`,
    [[...new Set(addresses)]],
  );
  return new Map(rows.map((row) => [row.address, row]));
}

/** Watches addresses that everybody pays to, from now on and for ever. */
export async function watchFixed(em: EntityManager, addresses: readonly Address[]): Promise<void> {
  if (addresses.length === 0) return;
  await execute(
    em,
    `insert into deposit_addresses (address, kind)
     select address, 'FIXED' from unnest($1::text[]) as given(address)
     where not exists (select from deposit_addresses d where d.address = given.address)
     order by address on conflict do nothing`,
    [addresses],
  );
}
