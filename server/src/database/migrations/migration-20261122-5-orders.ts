import { Migration } from '@mikro-orm/migrations';

/** Orders, their slices, what they reserve of the pool, and the rentals that follow. */
export class Orders extends Migration {
  override readonly name = '20261122-5-orders';

  override up(): void {
    this.addSql(`
      create table orders (
        id uuid constraint orders_pkey primary key,
        number text not null constraint orders_number_key unique,
        user_id uuid not null constraint orders_user_fkey references users on delete restrict,
        caller text not null,
        client_id uuid constraint orders_client_fkey references api_clients on delete restrict,
        client_order_id text not null,
        content_hash bytea not null,
        resource text not null default 'ENERGY',
        energy bigint not null constraint orders_energy_positive check (energy > 0),
        duration text not null,
        duration_seconds int not null,
        receiver text not null,
        state text not null,
        price_sun bigint not null constraint orders_price_positive check (price_sun > 0),
        price_per_energy text not null,
        explanation text not null,
        why_wallets text,
        settings_version bigint not null,
        placed_by text not null,
        placed_at timestamptz not null,
        deadline_at timestamptz not null,
        processing_at timestamptz,
        completed_at timestamptz,
        failed_at timestamptz,
        cancelled_at timestamptz,
        refunded_at timestamptz,
        rental_ends_at timestamptz,
        revenue_at timestamptz,
        failure_code text,
        failure_message text,
        updated_at timestamptz not null,
        constraint orders_idempotency_key unique (caller, client_order_id)
      ) with (fillfactor = 80)`);
    this.addSql(
      `comment on column orders.caller is 'The namespace of client order ids: an API client or an operator.'`,
    );
    this.addSql(`create index orders_by_time on orders (placed_at desc, id desc)`);
    this.addSql(`create index orders_by_user on orders (user_id, placed_at desc, id desc)`);
    this.addSql(`create index orders_by_state on orders (state, placed_at desc, id desc)`);
    this.addSql(`create index orders_by_receiver on orders (receiver, placed_at desc, id desc)`);
    this.addSql(`
      create index orders_by_client on orders (client_id, placed_at desc, id desc) where client_id is not null`);
    this.addSql(`create index orders_by_client_order_id on orders (client_order_id)`);
    this.addSql(
      `create index orders_open on orders (deadline_at) where state in ('PENDING', 'PROCESSING')`,
    );
    this.addSql(
      `create index orders_by_revenue_time on orders (revenue_at) where revenue_at is not null`,
    );
    this.addSql(`call guard_states('orders', 'order', 'announce')`);

    this.addSql(`
      create table order_slices (
        id uuid constraint order_slices_pkey primary key,
        order_id uuid not null constraint order_slices_order_fkey references orders on delete restrict,
        position int not null,
        wallet_id uuid not null constraint order_slices_wallet_fkey references wallets on delete restrict,
        energy bigint not null constraint order_slices_energy_positive check (energy > 0),
        stake_sun bigint not null constraint order_slices_stake_positive check (stake_sun > 0),
        state text not null,
        constraint order_slices_position_key unique (order_id, position)
      )`);
    this.addSql(`create index order_slices_by_wallet on order_slices (wallet_id, id)`);
    this.addSql(`call guard_states('order_slices', 'slice')`);

    this.addSql(`
      create table reservations (
        id uuid constraint reservations_pkey primary key
          constraint reservations_slice_fkey references order_slices on delete restrict,
        wallet_id uuid not null constraint reservations_wallet_fkey references wallets on delete restrict,
        sun bigint not null constraint reservations_sun_positive check (sun > 0),
        state text not null,
        returned_block bigint
      )`);
    this.addSql(`comment on column reservations.id is 'The slice it serves.'`);
    this.addSql(`
      create index reservations_open on reservations (wallet_id, state) where state in ('HELD', 'CAPTURED', 'RETURNING')`);
    this.addSql(`call guard_states('reservations', 'reservation')`);

    this.addSql(`
      create table rentals (
        id uuid constraint rentals_pkey primary key
          constraint rentals_slice_fkey references order_slices on delete restrict,
        order_id uuid not null constraint rentals_order_fkey references orders on delete restrict,
        wallet_id uuid not null constraint rentals_wallet_fkey references wallets on delete restrict,
        receiver text not null,
        energy bigint not null,
        stake_sun bigint not null,
        state text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        reclaimed_at timestamptz
      )`);
    this.addSql(`comment on column rentals.id is 'The slice that was delivered.'`);
    this.addSql(`comment on column rentals.ends_at is 'By the chain''s clock.'`);
    this.addSql(`create index rentals_ending on rentals (ends_at) where state = 'ACTIVE'`);
    this.addSql(`create index rentals_by_order on rentals (order_id)`);
    this.addSql(`create index rentals_by_wallet on rentals (wallet_id, ends_at desc, id desc)`);
    this.addSql(`call guard_states('rentals', 'rental')`);
  }
}
