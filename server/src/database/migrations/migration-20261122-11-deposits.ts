import { Migration } from '@mikro-orm/migrations';

/** What comes in: watched addresses, expected amounts, and every transfer to one of the addresses. */
export class Deposits extends Migration {
  override readonly name = '20261122-11-deposits';

  override up(): void {
    this.addSql(`
      create table deposit_addresses (
        address text constraint deposit_addresses_pkey primary key,
        kind text not null constraint deposit_addresses_kind_known check (kind in ('FIXED', 'USER')),
        user_id uuid constraint deposit_addresses_user_fkey references users on delete restrict,
        account_key text,
        path_index bigint,
        xid xid8 not null default pg_current_xact_id(),
        created_at timestamptz not null default desk_now(),
        constraint deposit_addresses_user_has_one unique (user_id),
        constraint deposit_addresses_path_key unique (account_key, path_index),
        constraint deposit_addresses_belong check ((kind = 'USER') = (user_id is not null))
      )`);
    this.addSql(`
      comment on column deposit_addresses.xid is
        'Readers that keep the addresses in memory ask for all rows since the oldest transaction that was open when they last asked.'`);
    this.addSql(`create index deposit_addresses_in_commit_order on deposit_addresses (xid)`);
    this.addSql(`create sequence deposit_address_index minvalue 0 start 0`);
    this.addSql(`revoke update, delete on deposit_addresses from energy_desk`);

    this.addSql(`
      create table deposit_intents (
        id uuid constraint deposit_intents_pkey primary key,
        state text not null,
        user_id uuid not null constraint deposit_intents_user_fkey references users on delete restrict,
        client_id uuid constraint deposit_intents_client_fkey references api_clients on delete restrict,
        caller text not null,
        client_key text not null,
        content_hash text not null,
        address text not null,
        currency text not null
          constraint deposit_intents_currency_known check (currency in ('TRX', 'USDT')),
        asked bigint not null constraint deposit_intents_asked_positive check (asked > 0),
        amount bigint not null constraint deposit_intents_amount_covers check (amount >= asked),
        code text not null constraint deposit_intents_code_key unique,
        created_ms bigint not null,
        expires_ms bigint not null,
        reserved_ms bigint not null,
        created_at timestamptz not null default desk_now(),
        constraint deposit_intents_client_key_key unique (caller, client_key),
        constraint deposit_intents_times check (created_ms <= expires_ms and expires_ms <= reserved_ms)
      )`);
    this.addSql(`
      comment on column deposit_intents.reserved_ms is
        'Chain time until which nobody else is given the same amount at the same address.'`);
    this.addSql(`
      create unique index deposit_intents_open_amount_key on deposit_intents (address, currency, amount)
        where state = 'OPEN'`);
    this.addSql(
      `create index deposit_intents_by_amount on deposit_intents (address, currency, amount, created_ms)`,
    );
    this.addSql(`create index deposit_intents_by_user on deposit_intents (user_id, id)`);
    this.addSql(
      `create index deposit_intents_open on deposit_intents (expires_ms) where state = 'OPEN'`,
    );
    this.addSql(`call guard_states('deposit_intents', 'deposit_intent', 'announce')`);

    this.addSql(`
      create table deposits (
        id uuid constraint deposits_pkey primary key,
        state text not null,
        txid text not null,
        log_index int not null,
        address text not null,
        sender text,
        currency text constraint deposits_currency_known check (currency in ('TRX', 'USDT')),
        amount bigint,
        token text,
        token_amount text,
        memo text,
        from_contract boolean not null default false,
        block bigint not null,
        block_id text not null,
        time_ms bigint not null,
        expected_ms bigint,
        user_id uuid constraint deposits_user_fkey references users on delete restrict,
        client_id uuid constraint deposits_client_fkey references api_clients on delete restrict,
        intent_id uuid constraint deposits_intent_fkey references deposit_intents on delete restrict,
        matched_by text,
        reason text,
        suggestions jsonb not null default '[]',
        return_id uuid,
        created_at timestamptz not null default desk_now(),
        settled_at timestamptz,
        constraint deposits_once unique (txid, log_index),
        constraint deposits_money_or_token check (
          (currency is null) = (amount is null) and (currency is null) = (token is not null)),
        constraint deposits_amount_positive check (amount > 0)
      )`);
    this.addSql(`
      comment on column deposits.log_index is
        'Place of the event log in its transaction; -1 for the transaction''s own transfer, -2 and below for internal ones.'`);
    this.addSql(`
      comment on column deposits.expected_ms is 'Chain time at which a SEEN one will be solid, as estimated.'`);
    this.addSql(`create index deposits_by_state on deposits (state, id)`);
    this.addSql(`create index deposits_seen on deposits (block) where state = 'SEEN'`);
    this.addSql(
      `create index deposits_by_user on deposits (user_id, id) where user_id is not null`,
    );
    this.addSql(`create index deposits_by_sender on deposits (sender) where state = 'CREDITED'`);
    this.addSql(
      `create index deposits_by_intent on deposits (intent_id) where intent_id is not null`,
    );
    this.addSql(`call guard_states('deposits', 'deposit', 'announce')`);
    this.addSql(`revoke delete on deposits from energy_desk`);

    this.addSql(`
      create table deposit_decisions (
        id uuid constraint deposit_decisions_pkey primary key,
        deposit_id uuid not null
          constraint deposit_decisions_deposit_fkey references deposits on delete restrict,
        kind text not null constraint deposit_decisions_kind_known
          check (kind in ('ASSIGN', 'SPLIT', 'RETURN', 'WRITE_OFF')),
        shares jsonb not null default '[]',
        actor text not null,
        reason text not null,
        caller text not null,
        client_key text not null,
        content_hash text not null,
        at timestamptz not null default desk_now(),
        constraint deposit_decisions_client_key_key unique (caller, client_key)
      )`);
    this.addSql(`create index deposit_decisions_by_deposit on deposit_decisions (deposit_id, id)`);
    this.addSql(`call make_append_only('deposit_decisions')`);

    this.addSql(`
      create table ignored_transfers (
        day date not null,
        address text not null,
        why text not null
          constraint ignored_transfers_why_known
          check (why in ('ZERO_VALUE', 'LOOK_ALIKE', 'WRONG_TOKEN')),
        asset text not null,
        transfers bigint not null,
        amount numeric not null,
        constraint ignored_transfers_pkey primary key (day, address, why, asset)
      )`);
    this.addSql(`
      comment on table ignored_transfers is
        'Poisoning: transfers to watched addresses that are no deposits, counted by chain day. asset is TRX, USDT or a token''s contract.'`);
    this.addSql(`
      create index user_addresses_by_look on user_addresses ((left(address, 4) || right(address, 4)))`);
  }
}
