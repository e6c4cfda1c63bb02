import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { formatActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { UserAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import type { Settings } from '../settings/read-settings.ts';
import type { SellingWallet } from '../capacity/capacity.ts';
import { explainChoice } from '../capacity/explain-choice.ts';
import { addSlices } from './add-slices.ts';
import type { Decided } from './decide-order.ts';
import { orderNumber } from './order-number.ts';
import { firstChoice } from './wallet-choices.ts';

interface WriteContext {
  readonly ids: IdMaker;
  readonly settings: Settings;
  readonly accounts: ReadonlyMap<string, UserAccounts>;
  readonly wallets: readonly SellingWallet[];
}

/** Everything that a batch of accepted orders leaves in the database, each table in one statement. */
export async function writeOrders(
  em: EntityManager,
  orders: readonly Decided[],
  context: WriteContext,
): Promise<void> {
  const [first] = orders;
  if (!first) return;
  const times = await insertOrders(em, orders, context.settings);
  await addSlices(
    em,
    context.ids,
    orders.map(({ orderId, command, allocation }) => ({
      orderId,
      receiver: command.receiver,
      deadlineAt: times.deadlineAt,
      firstPosition: 1,
      shares: allocation.shares,
    })),
    context.wallets,
  );
  await postTransfers(
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
  );
}

async function insertOrders(
  em: EntityManager,
  orders: readonly Decided[],
  settings: Settings,
): Promise<{ deadlineAt: Date }> {
  const moment = present(
    await queryOne<{ now: Date; deadline: Date }>(
      em,
      'select t.now, t.now + make_interval(secs => $1) as deadline from (select desk_now() as now) t',
      [settings.values['orders.deliverySeconds']],
    ),
    'time',
  );
  await query(
    em,
    `insert into orders
       (id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
        duration_seconds, receiver, state, price_sun, price_per_energy, explanation, why_wallets,
        wallet_choices, settings_version, placed_by, placed_at, deadline_at, updated_at)
     select id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
            seconds, receiver, 'PENDING', price, per_energy, explanation, why, choices::jsonb, $15, placed_by, $16, $17, $16
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::bytea[],
                 $8::bigint[], $9::text[], $10::int[], $11::text[], $12::bigint[], $13::text[], $14::text[],
                 $18::text[], $19::text[], $20::text[])
       as o(id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
            seconds, receiver, price, per_energy, explanation, why, placed_by, choices)`,
    [
      orders.map(({ orderId }) => orderId),
      orders.map(({ orderId }) => orderNumber(orderId)),
      orders.map(({ user }) => user.id),
      orders.map(({ command }) => command.caller),
      orders.map(({ command }) => command.clientId),
      orders.map(({ command }) => command.clientOrderId),
      orders.map(({ contentHash }) => contentHash),
      orders.map(({ command }) => command.energy),
      orders.map(({ command }) => command.duration),
      orders.map(({ price }) => price.duration.seconds),
      orders.map(({ command }) => command.receiver),
      orders.map(({ price }) => price.priceSun),
      orders.map(({ price }) => price.pricePerEnergy),
      orders.map(({ price }) => price.explanation),
      settings.version,
      moment.now,
      moment.deadline,
      orders.map(({ allocation }) => explainChoice(allocation.choice, 'EN')),
      orders.map(({ command }) => formatActor(command.actor)),
      orders.map(({ allocation }) => firstChoice(allocation.choice, moment.now)),
    ],
  );
  return { deadlineAt: moment.deadline };
}
