import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { formatActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { UserAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import type { Settings } from '../settings/read-settings.ts';
import type { SellingWallet } from '../capacity/capacity.ts';
import { addSlices } from './add-slices.ts';
import type { Decided } from './decide-order.ts';
import { orderNumber } from './order-number.ts';
import type { OrderRow } from './order-rows.ts';
import { firstChoices } from './wallet-choices.ts';

interface WriteContext {
  readonly ids: IdMaker;
  readonly settings: Settings;
  readonly accounts: ReadonlyMap<string, UserAccounts>;
  readonly wallets: readonly SellingWallet[];
  /** Whether wallets and accounts are locked, or are to be last of all. */
  readonly locks: 'HELD' | 'LAST';
  /** By the database's clock. */
  readonly now: Date;
}

/**
 * Everything that a batch of accepted orders leaves in the database: each table in one statement, all
 * of them in one go.
 * @returns the orders as they stand there
 */
export async function writeOrders(
  em: EntityManager,
  orders: readonly Decided[],
  context: WriteContext,
): Promise<OrderRow[]> {
  const [first] = orders;
  if (!first) return [];
  const { now, settings } = context;
  const deadlineAt = new Date(now.getTime() + settings.values['orders.deliverySeconds'] * 1_000);
  const rows = orders.map((order) => rowOf(order, now, deadlineAt));
  await Promise.all([
    insertOrders(em, orders, rows, settings),
    addSlices(
      em,
      context.ids,
      orders.map(({ orderId, command, allocation }) => ({
        orderId,
        receiver: command.receiver,
        deadlineAt,
        firstPosition: 1,
        shares: allocation.shares,
      })),
      context.wallets,
      context.locks,
    ),
    postTransfers(
      em,
      first.command.actor,
      orders.map(({ orderId, user, price }) => {
        const { available, held } = present(context.accounts.get(user.id), 'accounts of the user');
        return {
          kind: 'order.hold',
          reference: orderId,
          postings: [
            { account: available.id, amount: -price.priceSun },
            { account: held.id, amount: price.priceSun },
          ],
        };
      }),
    ),
  ]);
  return rows;
}

function rowOf({ orderId, command, user, price }: Decided, now: Date, deadlineAt: Date): OrderRow {
  return {
    id: orderId,
    number: orderNumber(orderId),
    userId: user.id,
    clientId: command.clientId,
    clientOrderId: command.clientOrderId,
    resource: 'ENERGY',
    energy: command.energy,
    duration: command.duration,
    durationSeconds: price.duration.seconds,
    receiver: command.receiver,
    state: 'PENDING',
    priceSun: price.priceSun,
    pricePerEnergy: price.pricePerEnergy,
    explanation: price.explanation,
    failureCode: null,
    failureMessage: null,
    placedByText: formatActor(command.actor),
    placedAt: now,
    // It is written with whole milliseconds.
    placedAtText: now.toISOString().replace('Z', '000Z'),
    deadlineAt,
    processingAt: null,
    completedAt: null,
    failedAt: null,
    cancelledAt: null,
    refundedAt: null,
    rentalEndsAt: null,
    updatedAt: now,
  };
}

const INSERT = prepared(
  `insert into orders
     (id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
      duration_seconds, receiver, state, price_sun, price_per_energy, explanation,
      wallet_choices, settings_version, placed_by, placed_at, deadline_at, updated_at)
   select id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
          seconds, receiver, 'PENDING', price, per_energy, explanation, $19::jsonb -> (nr::int - 1), $15,
          placed_by, $16, $17, $16
   from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::bytea[],
               $8::bigint[], $9::text[], $10::int[], $11::text[], $12::bigint[], $13::text[], $14::text[],
               $18::text[])
     with ordinality as o(id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
          seconds, receiver, price, per_energy, explanation, placed_by, nr)`,
);

async function insertOrders(
  em: EntityManager,
  orders: readonly Decided[],
  rows: readonly OrderRow[],
  settings: Settings,
): Promise<void> {
  const first = present(rows[0], 'row');
  await query(em, INSERT, [
    rows.map(({ id }) => id),
    rows.map(({ number }) => number),
    rows.map(({ userId }) => userId),
    orders.map(({ command }) => command.caller),
    rows.map(({ clientId }) => clientId),
    rows.map(({ clientOrderId }) => clientOrderId),
    orders.map(({ contentHash }) => contentHash),
    rows.map(({ energy }) => energy),
    rows.map(({ duration }) => duration),
    rows.map(({ durationSeconds }) => durationSeconds),
    rows.map(({ receiver }) => receiver),
    rows.map(({ priceSun }) => priceSun),
    rows.map(({ pricePerEnergy }) => pricePerEnergy),
    rows.map(({ explanation }) => explanation),
    settings.version,
    first.placedAt,
    first.deadlineAt,
    rows.map(({ placedByText }) => placedByText),
    firstChoices(
      orders.map(({ allocation }) => allocation.choice),
      first.placedAt,
    ),
  ]);
}
