import { randomFillSync } from 'node:crypto';
import { present } from '../../../server/src/kernel/assert.ts';
import { orderNumber } from '../../../server/src/orders/order-number.ts';
import { BinaryRows, type Same, sameFields } from './binary-rows.ts';

/** Between two orders: 10⁷ of them are half a year, and an hour has as many whatever the total. */
export const STEP_MS = 1_555;
const PRICE_SUN = 3_900_000;
const ENERGY = 65_000;
const STAKE_SUN = 10_000_000_000;
const RENTAL_MS = 3_600_000;
const EXPLANATION = '65,000 Energy for 1 hour at 60 sun each: 3.9 TRX.';

/** Who is there already, for orders of the past. */
export interface Cast {
  readonly clientId: string;
  readonly users: readonly { id: string; available: number; held: number }[];
  readonly wallets: readonly { id: string; address: string }[];
  readonly receivers: readonly string[];
  readonly revenueAccount: number;
  /** Each user's balance before the first order, in sun. */
  readonly fundsSun: number;
  /** Id of the first transfer. */
  readonly firstTransfer: number;
  /** When the first order was placed. */
  readonly firstMs: number;
}

/** Tables in the order in which they refer to each other, with the columns of each line. */
export const TABLES = {
  orders: `id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
    duration_seconds, receiver, state, price_sun, price_per_energy, explanation, settings_version,
    placed_by, placed_at, deadline_at, processing_at, completed_at, rental_ends_at, revenue_at,
    updated_at`,
  order_slices: 'id, order_id, wallet_id, position, energy, stake_sun, state',
  reservations: 'id, wallet_id, sun, state, returned_block',
  rentals: `id, order_id, wallet_id, receiver, energy, stake_sun, state, starts_at, ends_at,
    reclaimed_at`,
  chain_operations: `id, owner, receiver, reference, kind, purpose, amount_sun, resource,
    permission_id, state, attempts, fence, due_at, created_at, updated_at`,
  attempts: `id, operation_id, txid, owner, number, state, raw_data_hex, signed_hex, ref_block, fence,
    sends, included_block, included_block_id, timestamp_ms, expiration_ms, built_at, sent_at,
    included_at, solid_at`,
  ledger_transfers: 'id, kind, reference, actor, at',
  ledger_entries: 'transfer_id, account_id, amount, balance_after, position, at',
  state_changes: 'subject, subject_id, from_state, to_state, actor, cause, at',
  audit_log: 'at, subject_id, actor, action, subject_kind, details, request_id, remote_address',
} as const;

export type Table = keyof typeof TABLES;
export type Rows = Readonly<Record<Table, BinaryRows>>;

const ACTOR = 'SYSTEM::bench';
const TXID_BYTES = 32;
/** Random bytes are drawn for so many at once. */
const TXIDS = 1_024;

const ORDER = 0;
const SLICE = 1;
const DELIVER = 2;
const RECLAIM = 3;
const OF_ATTEMPT = 3;

// What all have in common.
const SOLD = sameFields((rows) =>
  rows
    .int8(ENERGY)
    .text('1h')
    .int4(RENTAL_MS / 1_000),
);
const PAID = sameFields((rows) =>
  rows.text('COMPLETED').int8(PRICE_SUN).text('60').text(EXPLANATION).int8(1).text(ACTOR),
);
const DELIVERED = sameFields((rows) => rows.int4(1).int8(ENERGY).int8(STAKE_SUN).text('DELIVERED'));
const RETURNED = sameFields((rows) => rows.int8(STAKE_SUN).text('RETURNED').int8(1));
const RECLAIMED = sameFields((rows) => rows.int8(ENERGY).int8(STAKE_SUN).text('RECLAIMED'));
const DONE = sameFields((rows) =>
  rows.int8(STAKE_SUN).text('ENERGY').int4(0).text('SOLID').int4(1).int8(1),
);
const OPERATIONS = [
  {
    kind: DELIVER,
    what: sameFields((rows) => rows.text('DELEGATE').text('deliver').same(DONE)),
  },
  {
    kind: RECLAIM,
    what: sameFields((rows) => rows.text('UNDELEGATE').text('reclaim').same(DONE)),
  },
];
const SOLID = sameFields((rows) =>
  rows.int4(1).text('SOLID').text('00').text('00').int8(1).int8(1).int4(1).int8(1).text('00'),
);
const ENTRIES = {
  less: sameFields((rows) => rows.int8(-PRICE_SUN)),
  more: sameFields((rows) => rows.int8(PRICE_SUN)),
};
const CHANGES = [
  { seconds: 0, states: sameFields((rows) => rows.none().text('PENDING')) },
  { seconds: 1, states: sameFields((rows) => rows.text('PENDING').text('PROCESSING')) },
  { seconds: 3, states: sameFields((rows) => rows.text('PROCESSING').text('COMPLETED')) },
].map(({ seconds, states }) => ({
  ms: seconds * 1_000,
  states: sameFields((rows) => rows.same(states).text(ACTOR).text('bench')),
}));
const OF_ORDER = sameFields((rows) => rows.text('order'));
const AUDITED = sameFields((rows) =>
  rows.text(ACTOR).text('order.place').text('order').json('{}').text('bench').text('127.0.0.1'),
);
const SENT_MS = 1_000;
const DELIVERED_MS = 3_000;
const SOLID_MS = 60_000;
const DEADLINE_MS = 600_000;

/**
 * The rows of orders that were placed, paid, delivered and taken back, in every table but the events,
 * which a desk forgets after some days, and the changes of what belongs to an order.
 */
export class PastOrders {
  readonly rows: Rows;
  readonly #cast: Cast;
  readonly #caller: string;
  readonly #users: readonly Uint8Array[];
  readonly #wallets: readonly Uint8Array[];
  readonly #client: Uint8Array;
  readonly #random = Buffer.alloc(TXIDS * TXID_BYTES);
  #txids = 0;
  #next = 0;

  constructor(cast: Cast) {
    this.#cast = cast;
    this.#caller = `client:${cast.clientId}`;
    this.#client = bytesOf(cast.clientId);
    this.#users = cast.users.map(({ id }) => bytesOf(id));
    this.#wallets = cast.wallets.map(({ id }) => bytesOf(id));
    this.rows = Object.fromEntries(
      Object.keys(TABLES).map((table) => [table, new BinaryRows()]),
    ) as Record<Table, BinaryRows>;
  }

  /** How many have been made. */
  get made(): number {
    return this.#next;
  }

  /** Adds the rows of so many orders. */
  make(count: number): void {
    for (let made = 0; made < count; made += 1) this.#add(this.#next++);
  }

  #add(n: number): void {
    const { wallets, receivers, firstMs } = this.#cast;
    const { rows } = this;
    const nth = n % wallets.length;
    const owner = present(wallets[nth], 'wallet').address;
    const wallet = present(this.#wallets[nth], 'wallet');
    const receiver = present(receivers[(n * 7) % receivers.length], 'receiver');
    const placed = firstMs + n * STEP_MS;
    const solid = placed + SOLID_MS;
    const ends = placed + RENTAL_MS;
    const order = uuid(placed, n, ORDER);
    const slice = uuid(placed, n, SLICE);
    const id = textOf(order);
    rows.orders
      .row(24)
      .uuid(order)
      .text(orderNumber(id))
      .uuid(present(this.#users[n % this.#users.length], 'user'))
      .text(this.#caller)
      .uuid(this.#client)
      .text(id)
      .uuid(order)
      .same(SOLD)
      .text(receiver)
      .same(PAID)
      .time(placed)
      .time(placed + DEADLINE_MS)
      .time(placed + SENT_MS)
      .time(placed + DELIVERED_MS)
      .time(ends)
      .time(solid)
      .time(solid);
    rows.order_slices.row(7).uuid(slice).uuid(order).uuid(wallet).same(DELIVERED);
    rows.reservations.row(5).uuid(slice).uuid(wallet).same(RETURNED);
    rows.rentals
      .row(10)
      .uuid(slice)
      .uuid(order)
      .uuid(wallet)
      .text(receiver)
      .same(RECLAIMED)
      .time(placed + DELIVERED_MS)
      .time(ends)
      .time(ends + SOLID_MS);
    for (const { kind, what } of OPERATIONS) {
      const operation = uuid(placed, n, kind);
      const begun = kind === DELIVER ? placed : ends;
      const done = begun + SOLID_MS;
      rows.chain_operations.row(15).uuid(operation).text(owner).text(receiver).uuid(slice);
      rows.chain_operations.same(what).time(begun).time(begun).time(done);
      rows.attempts
        .row(19)
        .uuid(uuid(placed, n, kind + OF_ATTEMPT))
        .uuid(operation)
        .text(this.#txid())
        .text(owner)
        .same(SOLID)
        // No two of a wallet have the same timestamp.
        .int8((placed - firstMs) * 4 + kind)
        .int8(ends)
        .time(begun)
        .time(begun)
        .time(begun)
        .time(done);
    }
    this.#addMoney(n, id, placed);
    for (const { ms, states } of CHANGES) {
      rows.state_changes
        .row(7)
        .same(OF_ORDER)
        .uuid(order)
        .same(states)
        .time(placed + ms);
    }
    rows.audit_log.row(8).time(placed).text(id).same(AUDITED);
  }

  #addMoney(n: number, id: string, placed: number): void {
    const { users, fundsSun, firstTransfer, revenueAccount } = this.#cast;
    const { ledger_transfers: transfers, ledger_entries: entries } = this.rows;
    const user = present(users[n % users.length], 'user');
    const turn = Math.floor(n / users.length);
    const [hold, revenue] = [firstTransfer + 2 * n, firstTransfer + 2 * n + 1];
    const solid = placed + SOLID_MS;
    transfers.row(5).int8(hold).text('order.hold').text(id).text(ACTOR).time(placed);
    transfers.row(5).int8(revenue).text('order.revenue').text(id).text(ACTOR).time(solid);
    const add = (transfer: number, account: number, amount: Same): BinaryRows =>
      entries.row(6).int8(transfer).int8(account).same(amount);
    const { less, more } = ENTRIES;
    // The first entry of what is available is the one that gave the money.
    const left = fundsSun - PRICE_SUN * (turn + 1);
    add(hold, user.available, less)
      .int8(left)
      .int8(turn + 2)
      .time(placed);
    add(hold, user.held, more)
      .int8(PRICE_SUN)
      .int8(2 * turn + 1)
      .time(placed);
    add(revenue, user.held, less)
      .int8(0)
      .int8(2 * turn + 2)
      .time(solid);
    add(revenue, revenueAccount, more)
      .int8(PRICE_SUN * (n + 1))
      .int8(n + 1)
      .time(solid);
  }

  #txid(): string {
    const nth = this.#txids++ % TXIDS;
    if (nth === 0) randomFillSync(this.#random);
    return this.#random.toString('hex', nth * TXID_BYTES, (nth + 1) * TXID_BYTES);
  }
}

/** A UUIDv7 of the order's moment; `kind` tells what of the order it names. */
function uuid(ms: number, n: number, kind: number): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 + (n % 4_096), 6);
  bytes.writeUInt16BE(0x8000 + kind, 8);
  bytes.writeUIntBE(n, 10, 6);
  return bytes;
}

function textOf(id: Buffer): string {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function bytesOf(id: string): Uint8Array {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
