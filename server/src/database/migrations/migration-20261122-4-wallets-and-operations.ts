import { Migration } from '@mikro-orm/migrations';

/** The pool, the chain as read by us, and the engine's operations and attempts. */
export class WalletsAndOperations extends Migration {
  override readonly name = '20261122-4-wallets-and-operations';

  override up(): void {
    this.addSql(`
      create table solid_blocks (
        number bigint constraint solid_blocks_pkey primary key,
        id text not null,
        parent_id text not null,
        time_ms bigint not null
      )`);
    this.addSql(`create index solid_blocks_by_time on solid_blocks (time_ms)`);
    this.addSql(`
      create table chain_cursors (
        name text constraint chain_cursors_pkey primary key,
        number bigint not null,
        id text not null,
        time_ms bigint not null,
        updated_at timestamptz not null default desk_now()
      )`);
    this.addSql(`
      create table chain_identity (
        singleton boolean constraint chain_identity_pkey primary key default true
          constraint chain_identity_single check (singleton),
        genesis_id text not null
      )`);

    this.addSql(`
      create table wallets (
        id uuid constraint wallets_pkey primary key,
        address text not null constraint wallets_address_key unique,
        label text not null,
        state text not null constraint wallets_state_known
          check (state in ('ACTIVE', 'DRAINING', 'PAUSED', 'QUARANTINED')),
        state_reason text,
        permission_id int not null default 0,
        committed_sun bigint not null default 0
          constraint wallets_committed_not_negative check (committed_sun >= 0),
        sellable_sun bigint not null default 0,
        staked_sun bigint not null default 0,
        delegated_sun bigint not null default 0,
        recovering_sun bigint not null default 0,
        balance_sun bigint not null default 0,
        bandwidth_available bigint not null default 0,
        bandwidth_limit bigint not null default 0,
        observed_block bigint,
        observed_at timestamptz,
        registered_at timestamptz not null default desk_now()
      )`);
    this.addSql(`
      comment on column wallets.committed_sun is 'Sum of the wallet''s reservations that are not over.'`);
    this.addSql(`
      comment on column wallets.sellable_sun is
        'Stake that can be delegated or is, less what recovers: from the solid view of the chain.'`);
    // An observation may lower sellable_sun below what is already committed; a promise may not.
    this.addSql(`
      create function refuse_overselling() returns trigger language plpgsql as $$
      begin
        if new.committed_sun > old.committed_sun and new.committed_sun > new.sellable_sun then
          raise exception 'wallet % cannot promise % of % sun', new.address, new.committed_sun, new.sellable_sun
            using errcode = 'check_violation', constraint = 'wallets_not_oversold';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger not_oversold before update of committed_sun on wallets
        for each row execute function refuse_overselling()`);
    this.addSql(`call guard_states('wallets', 'wallet', 'announce')`);
    this.addSql(`
      create table wallet_keys (
        wallet_id uuid constraint wallet_keys_pkey primary key
          constraint wallet_keys_wallet_fkey references wallets on delete restrict,
        sealed text not null,
        recipient text not null,
        sealed_at timestamptz not null default desk_now()
      )`);
    this.addSql(
      `comment on column wallet_keys.sealed is 'An armored age file; only the signer can open it.'`,
    );

    this.addSql(`
      create table chain_operations (
        id uuid constraint chain_operations_pkey primary key,
        kind text not null,
        owner text not null,
        receiver text,
        amount_sun bigint not null constraint chain_operations_amount_positive check (amount_sun > 0),
        resource text not null constraint chain_operations_resource_known check (resource in ('ENERGY', 'BANDWIDTH')),
        permission_id int not null,
        purpose text not null,
        reference uuid not null,
        state text not null,
        attempts int not null default 0,
        due_at timestamptz not null default desk_now(),
        deadline_at timestamptz,
        lease_owner text,
        lease_until timestamptz,
        fence bigint not null default 0,
        created_at timestamptz not null default desk_now(),
        updated_at timestamptz not null default desk_now(),
        constraint chain_operations_once unique (purpose, reference)
      ) with (fillfactor = 70)`);
    this.addSql(`
      create index chain_operations_due on chain_operations (due_at)
        where state in ('INTENDED', 'ATTEMPTING')`);
    this.addSql(`create index chain_operations_by_reference on chain_operations (reference)`);
    this.addSql(`create index chain_operations_by_owner on chain_operations (owner, id)`);
    this.addSql(`call guard_states('chain_operations', 'operation')`);

    this.addSql(`
      create table attempts (
        id uuid constraint attempts_pkey primary key,
        operation_id uuid not null constraint attempts_operation_fkey references chain_operations on delete restrict,
        number int not null,
        state text not null,
        txid text not null constraint attempts_txid_key unique,
        owner text not null,
        raw_data_hex text not null,
        signed_hex text,
        ref_block bigint not null,
        timestamp_ms bigint not null,
        expiration_ms bigint not null,
        fence bigint not null,
        built_at timestamptz not null default desk_now(),
        sent_at timestamptz,
        sends int not null default 0,
        last_node text,
        last_answer text,
        included_block bigint,
        included_block_id text,
        included_at timestamptz,
        solid_at timestamptz,
        dead_at timestamptz,
        evidence jsonb,
        constraint attempts_number_key unique (operation_id, number),
        constraint attempts_timestamp_key unique (owner, timestamp_ms),
        constraint attempts_dead_with_evidence check ((state = 'DEAD') = (evidence is not null))
      ) with (fillfactor = 70)`);
    this.addSql(
      `create unique index attempts_one_alive on attempts (operation_id) where state <> 'DEAD'`,
    );
    this.addSql(`
      create index attempts_undecided on attempts (expiration_ms)
        where state in ('BUILT', 'SIGNED', 'SENDING', 'INCLUDED')`);
    this.addSql(`call guard_states('attempts', 'attempt')`);

    this.addSql(`
      create table wallet_transactions (
        txid text constraint wallet_transactions_pkey primary key,
        owner text not null,
        kind text not null,
        block bigint not null,
        time_ms bigint not null,
        attempt_id uuid constraint wallet_transactions_attempt_fkey references attempts on delete restrict,
        value jsonb not null
      )`);
    this.addSql(`
      comment on table wallet_transactions is
        'Every solid transaction of a pool wallet; one without an attempt was not made by the desk.'`);
    this.addSql(`create index wallet_transactions_by_owner on wallet_transactions (owner, block)`);
    this.addSql(
      `create index wallet_transactions_foreign on wallet_transactions (block) where attempt_id is null`,
    );
  }
}
