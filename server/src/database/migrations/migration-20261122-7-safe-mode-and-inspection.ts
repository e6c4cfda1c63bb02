import { Migration } from '@mikro-orm/migrations';

/** What the desk may do while something is wrong, and where the chain and the books differ. */
export class SafeModeAndInspection extends Migration {
  override readonly name = '20261122-7-safe-mode-and-inspection';

  override up(): void {
    this.addSql(`
      create table safe_mode (
        singleton boolean constraint safe_mode_pkey primary key default true
          constraint safe_mode_single check (singleton),
        version bigint not null default 0,
        mode text not null default 'ACCEPT'
          constraint safe_mode_mode_known check (mode in ('ACCEPT', 'QUEUE', 'REFUSE')),
        reason text,
        held_resources text[] not null default '{}',
        refused_resources text[] not null default '{}',
        resource_reasons jsonb not null default '{}',
        held_wallets text[] not null default '{}',
        refused_wallets text[] not null default '{}',
        updated_at timestamptz not null default desk_now()
      )`);
    this.addSql(`
      comment on table safe_mode is
        'One row, compiled from safe_mode_entries: what claims and sends operations reads it in the same statement.'`);
    this.addSql(
      `comment on column safe_mode.held_wallets is 'Addresses; refused ones among them.'`,
    );
    this.addSql(`insert into safe_mode default values`);
    this.addSql(`revoke insert, delete on safe_mode from energy_desk`);
    this.addSql(`
      create table safe_mode_entries (
        scope text not null
          constraint safe_mode_entries_scope_known check (scope in ('ALL', 'PRODUCT', 'WALLET')),
        subject text not null,
        source text not null,
        mode text not null
          constraint safe_mode_entries_mode_known check (mode in ('ACCEPT', 'QUEUE', 'REFUSE')),
        reason text not null,
        evidence jsonb,
        evidence_key text,
        actor text not null,
        at timestamptz not null default desk_now(),
        constraint safe_mode_entries_pkey primary key (scope, subject, source)
      )`);
    this.addSql(`
      create table safe_mode_changes (
        id bigint generated always as identity constraint safe_mode_changes_pkey primary key,
        scope text not null,
        subject text not null,
        source text not null,
        from_mode text not null,
        to_mode text not null,
        reason text not null,
        evidence jsonb,
        actor text not null,
        caller text,
        client_id text,
        content_hash bytea,
        at timestamptz not null default desk_now(),
        constraint safe_mode_changes_idempotency_key unique (caller, client_id)
      )`);
    this.addSql(`call make_append_only('safe_mode_changes')`);

    this.addSql(`
      create table differences (
        id uuid constraint differences_pkey primary key,
        key text not null constraint differences_key unique,
        kind text not null constraint differences_kind_known check (
          kind in ('DRIFT', 'ORPHAN_DELEGATION', 'MISSING_DELEGATION', 'FOREIGN_TRANSACTION')),
        wallet_id uuid not null constraint differences_wallet_fkey references wallets on delete restrict,
        receiver text,
        resource text,
        txid text,
        chain_sun bigint,
        books_sun bigint,
        block bigint not null,
        details jsonb not null default '{}',
        state text not null,
        note text,
        first_seen_at timestamptz not null default desk_now(),
        last_seen_at timestamptz not null default desk_now(),
        constraint differences_figures check (
          case when kind = 'FOREIGN_TRANSACTION' then txid is not null
               else chain_sun is not null and books_sun is not null end)
      )`);
    this.addSql(
      `comment on table differences is 'One row for each difference; never healed by itself.'`,
    );
    this.addSql(`
      comment on column differences.block is 'Solid height at which the figures were compared last.'`);
    this.addSql(`create index differences_by_wallet on differences (wallet_id, id)`);
    this.addSql(`create index differences_open on differences (kind) where state = 'OPEN'`);
    this.addSql(`
      create index differences_foreign on differences (block) where kind = 'FOREIGN_TRANSACTION'`);
    this.addSql(`call guard_states('differences', 'difference', 'announce')`);
    this.addSql(`
      create table wallet_inspections (
        wallet_id uuid constraint wallet_inspections_pkey primary key
          constraint wallet_inspections_wallet_fkey references wallets on delete restrict,
        chain_sun bigint not null,
        books_sun bigint not null,
        difference_sun bigint not null,
        block bigint not null,
        compared_at timestamptz not null default desk_now(),
        last_receiver text,
        passes bigint not null default 0
      )`);
    this.addSql(`
      comment on column wallet_inspections.last_receiver is
        'How far the present pass over the wallet''s receivers has come; null before the next pass.'`);
    this.addSql(`
      create index rentals_out_by_wallet on rentals (wallet_id) where state <> 'RECLAIMED'`);
    this.addSql(`
      create index rentals_reclaimed_by_wallet on rentals (wallet_id, reclaimed_at) where state = 'RECLAIMED'`);
    this.addSql(`
      create table orphan_reclaims (
        id uuid constraint orphan_reclaims_pkey primary key
          constraint orphan_reclaims_operation_fkey references chain_operations on delete restrict,
        difference_id uuid not null
          constraint orphan_reclaims_difference_fkey references differences on delete restrict,
        sun bigint not null constraint orphan_reclaims_sun_positive check (sun > 0),
        reason text not null,
        actor text not null,
        caller text not null,
        client_id text not null,
        content_hash bytea not null,
        at timestamptz not null default desk_now(),
        constraint orphan_reclaims_idempotency_key unique (caller, client_id)
      )`);
    this.addSql(
      `comment on column orphan_reclaims.id is 'The undelegation, which also names it as its reference.'`,
    );
    this.addSql(
      `create index orphan_reclaims_by_difference on orphan_reclaims (difference_id, id)`,
    );
    this.addSql(`
      create table invariant_checks (
        name text constraint invariant_checks_pkey primary key,
        checked_at timestamptz not null,
        fully_checked_at timestamptz,
        through bigint not null default 0,
        holds boolean not null,
        finding text
      )`);
    this.addSql(`
      comment on column invariant_checks.through is 'Of the books: the last transfer that is proved.'`);
  }
}
