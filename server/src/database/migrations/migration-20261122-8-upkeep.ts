import { Migration } from '@mikro-orm/migrations';

/** What the pool's own transactions cost, what its keys may do, and how its wallets are topped up. */
export class Upkeep extends Migration {
  override readonly name = '20261122-8-upkeep';

  override up(): void {
    // A process of the version before writes rows without a fee; the next one reads it later.
    this.addSql(`
      alter table wallet_transactions
        add column fee_sun bigint constraint wallet_transactions_fee_not_negative check (fee_sun >= 0),
        add column bandwidth_used bigint,
        add column energy_used bigint`);
    this.addSql(`
      comment on column wallet_transactions.fee_sun is
        'All TRX that the chain burnt for it; null until it is read from the solid view and booked.'`);
    this.addSql(`
      create index wallet_transactions_unbooked on wallet_transactions (block) where fee_sun is null`);
    this.addSql(`create index wallet_transactions_by_time on wallet_transactions (time_ms)`);

    this.addSql(`
      create table wallet_permissions (
        wallet_id uuid constraint wallet_permissions_pkey primary key
          constraint wallet_permissions_wallet_fkey references wallets on delete restrict,
        permissions jsonb not null,
        observed_block bigint not null,
        observed_at timestamptz not null,
        changed_block bigint,
        changed_at timestamptz,
        alarm text
      )`);
    this.addSql(`
      comment on table wallet_permissions is
        'What each wallet''s account allows whom, from the solid view; numbers are decimal strings.'`);
    this.addSql(`
      comment on column wallet_permissions.alarm is
        'What changed without the desk''s doing; null when nothing did, or once somebody has taken note.'`);

    this.addSql(`alter table wallet_keys add column signer text`);
    this.addSql(`
      comment on column wallet_keys.signer is
        'The address of the sealed key; null until the first look at a wallet of an older version.'`);

    this.addSql(`
      create table confinements (
        operation_id uuid constraint confinements_pkey primary key
          constraint confinements_operation_fkey references chain_operations on delete restrict,
        wallet_id uuid not null
          constraint confinements_wallet_fkey references wallets on delete restrict,
        cold_owner text,
        permission_before int not null,
        permission_after int not null,
        requested_at timestamptz not null default desk_now()
      )`);
    this.addSql(`create index confinements_by_wallet on confinements (wallet_id, operation_id)`);
    this.addSql(`
      comment on table confinements is
        'Permission updates after whose inclusion a wallet''s key signs under another permission.'`);
    this.addSql(`alter table wallets add column permission_since timestamptz`);
    this.addSql(`
      comment on column wallets.permission_since is
        'When permission_id last changed: what was signed before under another one says nothing.'`);

    this.addSql(`
      create table top_ups (
        operation_id uuid constraint top_ups_pkey primary key
          constraint top_ups_operation_fkey references chain_operations on delete restrict,
        wallet_id uuid not null constraint top_ups_wallet_fkey references wallets on delete restrict,
        treasury_id uuid not null
          constraint top_ups_treasury_fkey references wallets on delete restrict,
        sun bigint not null constraint top_ups_sun_positive check (sun > 0),
        by_rule boolean not null,
        requested_at timestamptz not null default desk_now(),
        constraint top_ups_not_itself check (wallet_id <> treasury_id)
      )`);
    this.addSql(`create index top_ups_by_wallet on top_ups (wallet_id, operation_id)`);
    this.addSql(`create index top_ups_by_time on top_ups (requested_at)`);
    this.addSql(`
      create table upkeep_state (
        singleton boolean constraint upkeep_state_pkey primary key default true
          constraint upkeep_state_single check (singleton),
        problem text,
        since timestamptz
      )`);
    this.addSql(`insert into upkeep_state default values`);
    this.addSql(`
      comment on table upkeep_state is
        'Its row is the turn of those who decide about top-ups; problem says why none can be made.'`);
  }
}
