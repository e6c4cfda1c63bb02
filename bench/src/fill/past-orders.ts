import { randomFillSync } from 'node:crypto';
import { orderNumber } from '../../../server/src/orders/order-number.ts';

/** Between two orders: 10⁷ of them are half a year, and an hour has as many whatever the total. */
export const STEP_MS = 1_555;
const PRICE_SUN = 3_900_000;
const ENERGY = 65_000;
const STAKE_SUN = 10_000_000_000;
const RENTAL_MS = 3_600_000;

/** Who is there already, for orders of the past. */
export interface Cast {
  readonly clientId: string;
  readonly users: readonly { id: string; available: string; held: string }[];
  readonly wallets: readonly { id: string; address: string }[];
  readonly receivers: readonly string[];
  readonly revenueAccount: string;
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
    duration_seconds, receiver, state, price_sun, price_per_energy, explanation, why_wallets,
    settings_version, placed_by, placed_at, deadline_at, processing_at, completed_at,
    rental_ends_at, revenue_at, updated_at`,
  order_slices: 'id, order_id, position, wallet_id, energy, stake_sun, state',
  reservations: 'id, wallet_id, sun, state, returned_block',
  rentals: `id, order_id, wallet_id, receiver, energy, stake_sun, state, starts_at, ends_at,
    reclaimed_at`,
  chain_operations: `id, kind, owner, receiver, amount_sun, resource, permission_id, purpose,
    reference, state, attempts, due_at, fence, created_at, updated_at`,
  attempts: `id, operation_id, number, state, txid, owner, raw_data_hex, signed_hex, ref_block,
    timestamp_ms, expiration_ms, fence, built_at, sent_at, sends, included_block,
    included_block_id, included_at, solid_at`,
  ledger_transfers: 'id, kind, reference, actor, at',
  ledger_entries: 'transfer_id, account_id, amount, balance_after, position, at',
  state_changes: 'subject, subject_id, from_state, to_state, actor, cause, at',
  audit_log: 'at, actor, action, subject_kind, subject_id, details, request_id, remote_address',
} as const;

export type Table = keyof typeof TABLES;

const ACTOR = 'SYSTEM::bench';
const NONE = '\\N';
const TXID_BYTES = 32;
/** Random bytes are drawn for so many at once. */
const TXIDS = 1_024;
const SLICE = 1;
const DELIVER = 2;
const RECLAIM = 3;

/** A UUIDv7 of the order's moment; `kind` tells what of the order it names. */
function uuid(ms: number, n: number, kind: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const low = n.toString(16).padStart(12, '0');
  const middle = `7${(n % 4_096).toString(16).padStart(3, '0')}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-8${kind.toString(16).padStart(3, '0')}-${low}`;
}

/**
 * The lines of orders that were placed, paid, delivered and taken back, in every table but the events,
 * which a desk forgets after some days, and the changes of what belongs to an order.
 */
export class PastOrders {
  readonly #cast: Cast;
  readonly #random = Buffer.alloc(TXIDS * TXID_BYTES);
  #txids = 0;
  #next = 0;

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** How many have been made. */
  get made(): number {
    return this.#next;
  }

  /** The next so many orders, as lines by table. */
  take(count: number): Record<Table, string> {
    const lines = Object.fromEntries(Object.keys(TABLES).map((table) => [table, ''])) as Record<
      Table,
      string
    >;
    for (let taken = 0; taken < count; taken += 1) this.#add(lines, this.#next++);
    return lines;
  }

  #add(lines: Record<Table, string>, n: number): void {
    const { users, wallets, receivers, clientId, firstMs } = this.#cast;
    const user = users[n % users.length];
    const wallet = wallets[n % wallets.length];
    const receiver = receivers[(n * 7) % receivers.length];
    if (user === undefined || wallet === undefined || receiver === undefined) return;
    const ms = firstMs + n * STEP_MS;
    const at = (seconds: number): string => new Date(ms + seconds * 1_000).toISOString();
    const [placed, sent, delivered, solid] = [at(0), at(1), at(3), at(60)];
    const [ends, back] = [at(RENTAL_MS / 1_000), at(RENTAL_MS / 1_000 + 60)];
    const id = uuid(ms, n, 0);
    const slice = uuid(ms, n, SLICE);
    const add = (table: Table, ...fields: (string | number)[]): void => {
      lines[table] += `${fields.join('\t')}\n`;
    };
    add(
      ...(['orders', id, orderNumber(id), user.id, `client:${clientId}`, clientId, id] as const),
      ...[`\\\\x${id.replaceAll('-', '')}`, ENERGY, '1h', 3_600, receiver, 'COMPLETED', PRICE_SUN],
      ...['60', '65,000 Energy for 1 hour at 60 sun each: 3.9 TRX.', NONE, 1, ACTOR, placed],
      ...[at(600), sent, delivered, ends, solid, solid],
    );
    add('order_slices', slice, id, 1, wallet.id, ENERGY, STAKE_SUN, 'DELIVERED');
    add('reservations', slice, wallet.id, STAKE_SUN, 'RETURNED', 1);
    add(
      ...(['rentals', slice, id, wallet.id, receiver, ENERGY, STAKE_SUN, 'RECLAIMED'] as const),
      ...[delivered, ends, back],
    );
    const operations = [
      { kind: 'DELEGATE', purpose: 'deliver', what: DELIVER, when: placed, done: solid },
      { kind: 'UNDELEGATE', purpose: 'reclaim', what: RECLAIM, when: ends, done: back },
    ];
    for (const { kind, purpose, what, when, done } of operations) {
      const operation = uuid(ms, n, what);
      add(
        ...(['chain_operations', operation, kind, wallet.address, receiver, STAKE_SUN] as const),
        ...['ENERGY', 0, purpose, slice, 'SOLID', 1, when, 1, when, done],
      );
      add(
        ...(['attempts', uuid(ms, n, what + RECLAIM), operation, 1, 'SOLID'] as const),
        ...[this.#txid(), wallet.address, '00', '00', 1],
        // No two of a wallet have the same.
        ...[(ms - firstMs) * 4 + what, ms + RENTAL_MS, 1, when, when, 1, 1, '00', when, done],
      );
    }
    this.#addMoney(add, n, id, { placed, solid });
    let before = NONE;
    for (const [state, when] of [
      ['PENDING', placed],
      ['PROCESSING', sent],
      ['COMPLETED', delivered],
    ] as const) {
      add('state_changes', 'order', id, before, state, ACTOR, 'bench', when);
      before = state;
    }
    add('audit_log', placed, ACTOR, 'order.place', 'order', id, '{}', 'bench', '127.0.0.1');
  }

  #txid(): string {
    const nth = this.#txids++ % TXIDS;
    if (nth === 0) randomFillSync(this.#random);
    return this.#random.toString('hex', nth * TXID_BYTES, (nth + 1) * TXID_BYTES);
  }

  #addMoney(
    add: (table: Table, ...fields: (string | number)[]) => void,
    n: number,
    id: string,
    { placed, solid }: { readonly placed: string; readonly solid: string },
  ): void {
    const { users, fundsSun, firstTransfer, revenueAccount } = this.#cast;
    const user = users[n % users.length];
    if (user === undefined) return;
    const turn = Math.floor(n / users.length);
    const [hold, revenue] = [firstTransfer + 2 * n, firstTransfer + 2 * n + 1];
    add('ledger_transfers', hold, 'order.hold', id, ACTOR, placed);
    add('ledger_transfers', revenue, 'order.revenue', id, ACTOR, solid);
    const left = fundsSun - PRICE_SUN * (turn + 1);
    // The first entry of what is available is the one that gave the money.
    add('ledger_entries', hold, user.available, -PRICE_SUN, left, turn + 2, placed);
    add('ledger_entries', hold, user.held, PRICE_SUN, PRICE_SUN, 2 * turn + 1, placed);
    add('ledger_entries', revenue, user.held, -PRICE_SUN, 0, 2 * turn + 2, solid);
    const earned = PRICE_SUN * (n + 1);
    add('ledger_entries', revenue, revenueAccount, PRICE_SUN, earned, n + 1, solid);
  }
}
