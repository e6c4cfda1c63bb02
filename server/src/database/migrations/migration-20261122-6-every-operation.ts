import { Migration } from '@mikro-orm/migrations';

/**
 * Every effect on the chain that the desk can ask for. A worker of the version before knows no
 * handler for the purpose `wallet` and so rolls back before it sends one of these: it may run on.
 */
export class EveryOperation extends Migration {
  override readonly name = '20261122-6-every-operation';

  override up(): void {
    this.addSql(`
      alter table chain_operations
        alter column amount_sun drop not null,
        alter column resource drop not null,
        add column details jsonb,
        add column last_problem text`);
    this.addSql(`
      comment on column chain_operations.details is
        'Votes or permissions, amounts as decimal strings; null for every other kind.'`);
    this.addSql(`
      comment on column chain_operations.last_problem is
        'Why the last attempt could not be made, sent or landed; null once the next one is sent.'`);
    // coalesce: a check that is null counts as kept.
    this.addSql(`
      alter table chain_operations add constraint chain_operations_shape check (coalesce(case
        when kind in ('DELEGATE', 'UNDELEGATE') then
          receiver is not null and amount_sun is not null and resource is not null and details is null
        when kind in ('FREEZE', 'UNFREEZE') then
          receiver is null and amount_sun is not null and resource is not null and details is null
        when kind = 'TRANSFER' then
          receiver is not null and receiver <> owner and amount_sun is not null and resource is null
          and details is null
        when kind in ('CANCEL_UNFREEZE', 'WITHDRAW_EXPIRED', 'CLAIM_REWARDS') then
          receiver is null and amount_sun is null and resource is null and details is null
        when kind = 'VOTE' then
          receiver is null and amount_sun is null and resource is null
          and case when jsonb_typeof(details -> 'votes') = 'array'
                then jsonb_array_length(details -> 'votes') between 1 and 30 else false end
        when kind = 'SET_PERMISSIONS' then
          receiver is null and amount_sun is null and resource is null
          and jsonb_typeof(details -> 'owner') = 'object'
          and case when jsonb_typeof(details -> 'actives') = 'array'
                then jsonb_array_length(details -> 'actives') between 1 and 8 else false end
        else false end, false)) not valid`);
    this.addSql(`alter table chain_operations validate constraint chain_operations_shape`);
    // Deliveries are the many; what a wallet's owner wants of it is found without them.
    this.addSql(`
      create index chain_operations_beside_orders on chain_operations (owner, id)
        where kind not in ('DELEGATE', 'UNDELEGATE')`);

    // What was rented out at some time is found without reading every rental there ever was.
    this.addSql(`
      create index rentals_by_end_of_use on rentals
        (coalesce(reclaimed_at, 'infinity'::timestamptz))`);

    this.addSql(`
      create table wallet_operations (
        id uuid constraint wallet_operations_pkey primary key
          constraint wallet_operations_operation_fkey references chain_operations on delete restrict,
        wallet_id uuid not null
          constraint wallet_operations_wallet_fkey references wallets on delete restrict,
        caller text not null,
        client_id text not null,
        content_hash bytea not null,
        actor text not null,
        reason text not null,
        requested_at timestamptz not null default desk_now(),
        constraint wallet_operations_idempotency_key unique (caller, client_id)
      )`);
    this.addSql(
      `comment on table wallet_operations is 'Who asked for an operation that is no order''s, and why.'`,
    );
    this.addSql(`create index wallet_operations_by_wallet on wallet_operations (wallet_id, id)`);

    this.addSql(`
      create table wallet_holds (
        id uuid constraint wallet_holds_pkey primary key
          constraint wallet_holds_operation_fkey references chain_operations on delete restrict,
        wallet_id uuid not null constraint wallet_holds_wallet_fkey references wallets on delete restrict,
        sun bigint not null constraint wallet_holds_sun_positive check (sun > 0),
        state text not null,
        settled_block bigint
      )`);
    this.addSql(`
      comment on table wallet_holds is
        'Energy stake that an unstaking operation takes out of the sale; part of committed_sun while open.'`);
    this.addSql(`
      create index wallet_holds_open on wallet_holds (wallet_id, state) where state in ('HELD', 'SETTLING')`);
    this.addSql(`call guard_states('wallet_holds', 'hold')`);

    this.addSql(`
      create table wallet_stakes (
        wallet_id uuid constraint wallet_stakes_pkey primary key
          constraint wallet_stakes_wallet_fkey references wallets on delete restrict,
        bandwidth_staked_sun bigint not null,
        bandwidth_delegated_sun bigint not null,
        voting_power bigint not null,
        votes jsonb not null,
        unfreezing jsonb not null,
        rewards_sun bigint not null,
        last_claim_at timestamptz,
        observed_block bigint not null,
        observed_at timestamptz not null
      )`);
    this.addSql(`
      comment on table wallet_stakes is
        'Staking of each wallet beside its Energy, from the solid view; amounts in JSON are decimal strings.'`);
  }
}
