import pg from 'pg';
import { ids } from '../desk/seed.ts';
import type { Choice } from '../../../server/src/capacity/allocate.ts';
import { firstChoices } from '../../../server/src/orders/wallet-choices.ts';
import { orderNumber } from '../../../server/src/orders/order-number.ts';
import { asOwner } from '../desk/bench-database.ts';
import { DURATION, ENERGY, type ServiceDesk } from '../desk/service-desk.ts';

/** As long as that of an order of ours, and as its two columns say it. */
const CHOICE: Choice = {
  strategy: 'BEST_FIT',
  energy: ENERGY,
  candidates: 20,
  sufficient: 20,
  chosen: [
    {
      walletId: '01a22887-3b12-7690-9117-05acadd28ce6',
      label: 'Wallet 0',
      energy: ENERGY,
      stakeSun: 10_000_000_000n,
      freeSun: 95_181_648_000_000n,
    },
  ],
};

/**
 * All rows that placing an order leaves, in one statement for any number of orders: the same tables,
 * constraints, indexes and triggers, and nothing read, judged or answered beside. Each user has one
 * order of a call at most; the wallets are the caller's alone.
 */
const FUNCTION = `
  create function bench_place(
    p_orders uuid[], p_numbers text[], p_slices uuid[], p_operations uuid[], p_users uuid[],
    p_wallets uuid[], p_receiver text, p_client uuid, p_energy bigint, p_stake bigint, p_price bigint
  ) returns int language plpgsql as $$
  declare
    moment timestamptz := clock_timestamp();
    wallet uuid;
    owner text;
    ids bigint[];
  begin
    perform from ledger_accounts where user_id = any(p_users) and asset = 'TRX' order by id for no key update;
    if exists (select from ledger_accounts where user_id = any(p_users) and asset = 'TRX'
               and code = 'user.available' and balance < p_price) then
      raise exception 'not enough';
    end if;
    -- Ours fills one wallet after the other, the smallest rest first: there is always one with more.
    select id into wallet from wallets where id = any(p_wallets) order by committed_sun limit 1;
    update wallets set committed_sun = committed_sun + p_stake * cardinality(p_orders)
      where id = wallet returning address into owner;
    insert into orders
      (id, number, user_id, caller, client_id, client_order_id, content_hash, energy, duration,
       duration_seconds, receiver, state, price_sun, price_per_energy, explanation,
       wallet_choices, settings_version, placed_by, placed_at, deadline_at, updated_at)
    select o.id, o.number, o.user_id, 'client:' || p_client, p_client, o.id::text, sha256(o.id::text::bytea),
           p_energy, '${DURATION}', 3600, p_receiver, 'PENDING', p_price, '60',
           '65,000 Energy for 1 hour at 60 sun per Energy = 3,900,000 sun: 3.9 TRX.',
           '${firstChoices([CHOICE], new Date(0))}'::jsonb -> 0, 1, 'SYSTEM::bench', moment,
           moment + interval '10 minutes', moment
    from unnest(p_orders, p_numbers, p_users) as o(id, number, user_id);
    insert into order_slices (id, order_id, position, wallet_id, energy, stake_sun, state)
    select s.id, s.order_id, 1, wallet, p_energy, p_stake, 'RESERVED'
    from unnest(p_slices, p_orders) as s(id, order_id);
    insert into chain_operations
      (id, kind, owner, receiver, amount_sun, resource, permission_id, purpose, reference, deadline_at, state)
    select c.id, 'DELEGATE', owner, p_receiver, p_stake, 'ENERGY', 0, 'deliver', c.slice,
           moment + interval '10 minutes', 'INTENDED'
    from unnest(p_operations, p_slices) as c(id, slice);
    insert into reservations (id, wallet_id, sun, state)
    select id, wallet, p_stake, 'HELD' from unnest(p_slices) as r(id);
    insert into events (kind, subject_kind, subject_id) values ('inventory.changed', 'wallet', wallet);
    ids := array(select nextval('ledger_transfers_id_seq') from generate_series(1, cardinality(p_orders)));
    insert into ledger_transfers (id, kind, reference, actor, at)
    select t.id, 'order.hold', t.order_id::text, 'SYSTEM::bench', moment
    from unnest(ids, p_orders) as t(id, order_id);
    insert into ledger_entries (transfer_id, account_id, amount, balance_after, position, at)
    select t.id, a.id, m.amount, a.balance + m.amount, a.entries + 1, moment
    from unnest(ids, p_users) as t(id, user_id)
    join ledger_accounts a on a.user_id = t.user_id and a.asset = 'TRX'
    join (values ('user.available', -p_price), ('user.held', p_price)) m(code, amount) on m.code = a.code;
    update ledger_accounts a set balance = a.balance + m.amount, entries = a.entries + 1
    from (values ('user.available', -p_price), ('user.held', p_price)) m(code, amount)
    where a.user_id = any(p_users) and a.asset = 'TRX' and m.code = a.code;
    insert into audit_log (actor, action, subject_kind, subject_id, details, request_id, remote_address)
    select 'SYSTEM::bench', 'order.place', 'order', id, jsonb_build_object('clientOrderId', id), 'bench', '127.0.0.1'
    from unnest(p_orders) as o(id);
    return cardinality(p_orders);
  end $$`;

const CALL = {
  name: 'bench_place',
  text: 'select bench_place($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
};

/** As our own wallets reserve for it, within a per mille; the reference promises the same. */
const STAKE_SUN = 10_000_000_000n;
const PRICE_SUN = 3_900_000n;

/** A lane of the reference: one connection with users and wallets of its own. */
export interface RawLane {
  /** Writes this many orders, at most as many as it has users, in one transaction. */
  place(count: number): Promise<void>;
}

/**
 * Connections that write the rows of orders with prepared statements, as the database's owner.
 * @param lanes each takes its share of the users and of the wallets
 */
export async function openRawLanes(
  desk: ServiceDesk,
  lanes: number,
  defer: (end: () => unknown) => void,
): Promise<RawLane[]> {
  const { databaseUrl, receivers, clientId, acknowledged } = desk;
  await asOwner(databaseUrl, FUNCTION);
  const users = await asOwner<{ id: string }>(databaseUrl, 'select id from users order by id');
  const wallets = await asOwner<{ id: string }>(databaseUrl, 'select id from wallets order by id');
  const share = Math.floor(users.length / lanes);
  return Promise.all(
    Array.from({ length: lanes }, async (_, lane): Promise<RawLane> => {
      const client = new pg.Client({
        connectionString: databaseUrl,
        options: '-c desk.actor=SYSTEM::bench',
      });
      await client.connect();
      defer(() => client.end());
      const own = users.slice(lane * share, (lane + 1) * share).map(({ id }) => id);
      // One wallet would be sold out within a run.
      const stakes = wallets.filter((_wallet, index) => index % lanes === lane).map(({ id }) => id);
      let next = 0;
      return {
        async place(count) {
          const orders = Array.from({ length: count }, () => ids.next());
          const payers = orders.map((_order, index) => own[(next + index) % own.length]);
          next += count;
          await client.query({
            ...CALL,
            values: [
              orders,
              orders.map(orderNumber),
              orders.map(() => ids.next()),
              orders.map(() => ids.next()),
              payers,
              stakes,
              receivers[lane % receivers.length],
              clientId,
              ENERGY,
              STAKE_SUN,
              PRICE_SUN,
            ],
          });
          acknowledged.push(...orders);
        },
      };
    }),
  );
}
