import { randomBytes } from 'node:crypto';
import type { Database, EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { type Actor, formatActor, system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { orderNumber } from '../orders/order-number.ts';
import { openUserAccounts } from '../ledger/accounts.ts';
import type { OrderState } from '../orders/order-states.ts';
import { type Address, addressFromHex } from '../chain/address.ts';
import { deliverSlices, dropSlices, reclaimSlices, sendSlices } from './factory-chain.ts';
import { giveSun, moveHeld, takeRevenue } from './factory-money.ts';

const ids = new IdMaker(systemClock, systemRandom);
const actor = system('factory');

export interface MadeUser {
  readonly id: string;
  readonly telegramId: string;
}

export interface MadeWallet {
  readonly id: string;
  readonly address: Address;
  readonly label: string;
}

export interface MadeOrder {
  readonly id: string;
  readonly number: string;
  readonly clientOrderId: string;
  readonly receiver: Address;
  readonly sliceIds: readonly string[];
  /** Of each slice's attempt; none while PENDING. */
  readonly txids: readonly string[];
}

export interface OrderWish {
  readonly user: MadeUser;
  /** One slice each. */
  readonly wallets: readonly MadeWallet[];
  readonly state?: OrderState;
  /** COMPLETED only: the delegation is solid, revenue is taken. */
  readonly solid?: boolean;
  /** COMPLETED and solid only: the Energy has been taken back. */
  readonly reclaimed?: boolean;
  readonly energy?: bigint;
  readonly priceSun?: bigint;
  readonly duration?: string;
  readonly receiver?: Address;
  readonly clientId?: string;
  readonly clientOrderId?: string;
  readonly placedAt?: Date;
  readonly placedBy?: Actor;
}

export function randomAddress(): Address {
  return addressFromHex(`41${randomBytes(20).toString('hex')}`);
}

/**
 * Writes rows as the desk would, each in a legal state reached by legal steps, with the money and the
 * reservations that belong to it: the books balance and the pool is not oversold.
 */
export class Factory {
  readonly #database: Database;
  #count = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A row for others to point at; its key is nobody's. */
  async apiClient(name = 'A bot'): Promise<string> {
    const id = ids.next();
    await this.#write((em) =>
      query(
        em,
        `insert into api_clients (id, name, roles, key_prefix, key_hash, created_by)
         values ($1, $2, '{BOT}', $3, $4, $5)`,
        [id, name, 'ed_test', randomBytes(32), formatActor(actor)],
      ),
    );
    return id;
  }

  /** A user with `sun` of TRX to spend (1,000 TRX unless told). */
  async user(wish: { telegramId?: string; sun?: bigint } = {}): Promise<MadeUser> {
    const id = ids.next();
    const telegramId = wish.telegramId ?? String(7_000_000_000 + this.#next());
    const sun = wish.sun ?? 1_000_000_000n;
    await this.#write(async (em) => {
      await query(em, 'insert into users (id, telegram_id) values ($1, $2)', [
        id,
        BigInt(telegramId),
      ]);
      await openUserAccounts(em, [id]);
      if (sun > 0n) await giveSun(em, actor, id, sun);
    });
    return { id, telegramId };
  }

  async wallet(wish: { stakedSun?: bigint; label?: string } = {}): Promise<MadeWallet> {
    const id = ids.next();
    const address = randomAddress();
    const label = wish.label ?? `Wallet ${this.#next()}`;
    const staked = wish.stakedSun ?? 1_000_000_000_000n;
    await this.#write((em) =>
      query(
        em,
        `insert into wallets
           (id, address, label, state, sellable_sun, staked_sun, balance_sun,
            bandwidth_available, bandwidth_limit, observed_block, observed_at)
         values ($1, $2, $3, 'ACTIVE', $4, $4, 25000000, 600, 600, 100, desk_now())`,
        [id, address, label, staked],
      ),
    );
    return { id, address, label };
  }

  /** An order, taken from PENDING to the wished state in as many steps as the desk would take. */
  async order(wish: OrderWish): Promise<MadeOrder> {
    const state = wish.state ?? 'PENDING';
    const priceSun = wish.priceSun ?? 5_200_000n;
    const order = await this.#place(wish, priceSun);
    if (state === 'PENDING') return order;
    if (state === 'CANCELLED' || state === 'FAILED' || state === 'REFUNDED') {
      await this.#end(order, state);
      if (state === 'REFUNDED') await this.#refund(order, wish.user.id, priceSun);
      return order;
    }
    const txids = await this.#write((em) => sendSlices(em, ids, order.sliceIds));
    await this.#move(order.id, 'PROCESSING', 'processing_at');
    if (state === 'COMPLETED') await this.#complete(order, wish, priceSun);
    return { ...order, txids };
  }

  async #place(wish: OrderWish, priceSun: bigint): Promise<MadeOrder> {
    const id = ids.next();
    const number = orderNumber(id);
    const clientOrderId = wish.clientOrderId ?? `client-order-${this.#next()}`;
    const receiver = wish.receiver ?? randomAddress();
    const energy = wish.energy ?? 65_000n;
    const sliceIds = wish.wallets.map(() => ids.next());
    await this.#write(async (em) => {
      await query(
        em,
        `insert into orders
           (id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
            duration_seconds, receiver, state, price_sun, price_per_energy, explanation,
            settings_version, placed_by, placed_at, deadline_at, updated_at)
         select $1, $2, $3, $4, $5, $6, '\\x00', $7, $8, 3600, $9, 'PENDING', $10, '80',
                '65,000 Energy for 1 h at 80 sun each.', 1, $11, at, at + interval '5 minutes', at
         from (select coalesce($12::timestamptz, desk_now()) as at) now`,
        [
          id,
          number,
          wish.user.id,
          wish.clientId === undefined ? 'operator:factory' : `client:${wish.clientId}`,
          wish.clientId ?? null,
          clientOrderId,
          energy,
          wish.duration ?? '1h',
          receiver,
          priceSun,
          formatActor(wish.placedBy ?? actor),
          wish.placedAt ?? null,
        ],
      );
      await moveHeld(em, actor, wish.user.id, { kind: 'order.hold', orderId: id, sun: priceSun });
      await this.#reserve(em, id, sliceIds, wish.wallets, energy);
    });
    return { id, number, clientOrderId, receiver, sliceIds, txids: [] };
  }

  async #reserve(
    em: EntityManager,
    orderId: string,
    sliceIds: readonly string[],
    wallets: readonly MadeWallet[],
    energy: bigint,
  ): Promise<void> {
    const count = BigInt(wallets.length);
    const parameters = [
      sliceIds,
      wallets.map(({ id }) => id),
      wallets.map((_, index) =>
        index === 0 ? energy - (count - 1n) * (energy / count) : energy / count,
      ),
    ];
    await query(
      em,
      `insert into order_slices (id, order_id, position, wallet_id, energy, stake_sun, state)
       select s.id, $4, s.nr, s.wallet, s.energy, s.energy * 100000, 'RESERVED'
       from unnest($1::uuid[], $2::uuid[], $3::bigint[]) with ordinality as s(id, wallet, energy, nr)`,
      [...parameters, orderId],
    );
    await query(
      em,
      `insert into reservations (id, wallet_id, sun, state)
       select id, wallet_id, stake_sun, 'HELD' from order_slices where order_id = $1`,
      [orderId],
    );
    await query(
      em,
      `update wallets w set committed_sun = committed_sun + s.sun
       from (select wallet_id, sum(stake_sun)::bigint as sun from order_slices
             where order_id = $1 group by wallet_id) s where w.id = s.wallet_id`,
      [orderId],
    );
  }

  async #complete(order: MadeOrder, wish: OrderWish, priceSun: bigint): Promise<void> {
    await this.#write((em) => deliverSlices(em, order.sliceIds, wish.solid ?? false));
    await this.#move(order.id, 'COMPLETED', 'completed_at');
    await this.#write(async (em) => {
      await query(
        em,
        `update orders set rental_ends_at = placed_at + make_interval(secs => duration_seconds)
         where id = $1`,
        [order.id],
      );
      if (!wish.solid) return;
      await query(em, 'update orders set revenue_at = desk_now() where id = $1', [order.id]);
      await takeRevenue(em, actor, wish.user.id, { orderId: order.id, sun: priceSun });
      if (wish.reclaimed) await reclaimSlices(em, ids, order.sliceIds);
    });
  }

  async #end(order: MadeOrder, state: 'CANCELLED' | 'FAILED' | 'REFUNDED'): Promise<void> {
    await this.#write((em) => dropSlices(em, order.sliceIds));
    if (state === 'CANCELLED') {
      await this.#move(order.id, 'CANCELLED', 'cancelled_at');
      return;
    }
    await this.#move(order.id, 'FAILED', 'failed_at');
    await this.#write((em) =>
      query(
        em,
        `update orders set failure_code = 'DELIVERY_TIMED_OUT',
                           failure_message = 'The Energy could not be delivered in time.'
         where id = $1`,
        [order.id],
      ),
    );
  }

  async #refund(order: MadeOrder, userId: string, priceSun: bigint): Promise<void> {
    await this.#write((em) =>
      moveHeld(em, actor, userId, { kind: 'order.release', orderId: order.id, sun: -priceSun }),
    );
    await this.#move(order.id, 'REFUNDED', 'refunded_at');
  }

  async #move(orderId: string, state: OrderState, column: string): Promise<void> {
    await this.#write((em) =>
      query(
        em,
        `update orders set state = $2, ${column} = desk_now(), updated_at = desk_now() where id = $1`,
        [orderId, state],
      ),
    );
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #write<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.#database.transaction(actor, work);
  }
}
