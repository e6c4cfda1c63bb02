import { Migration } from '@mikro-orm/migrations';

/** Users and the double-entry books. */
export class UsersAndLedger extends Migration {
  override readonly name = '20261122-3-users-and-ledger';

  override up(): void {
    this.addSql(`
      create table users (
        id uuid constraint users_pkey primary key,
        telegram_id bigint constraint users_telegram_id_key unique,
        client_id uuid constraint users_client_fkey references api_clients on delete restrict,
        external_id text,
        standing text not null default 'ACTIVE'
          constraint users_standing_known check (standing in ('ACTIVE', 'LIMITED', 'BLOCKED')),
        language text,
        created_at timestamptz not null default desk_now(),
        last_seen_at timestamptz,
        constraint users_external_id_key unique (client_id, external_id),
        constraint users_known_somehow check (telegram_id is not null or external_id is not null),
        constraint users_external_belongs_to_client check ((external_id is null) = (client_id is null))
      )`);
    this.addSql(`create index users_by_creation on users (created_at, id)`);
    this.addSql(`
      create table user_addresses (
        user_id uuid not null constraint user_addresses_user_fkey references users on delete restrict,
        address text not null,
        label text,
        is_default boolean not null default false,
        created_at timestamptz not null default desk_now(),
        constraint user_addresses_pkey primary key (user_id, address)
      )`);
    this.addSql(`create index user_addresses_by_address on user_addresses (address)`);

    this.addSql(`
      create table ledger_chart (
        code text constraint ledger_chart_pkey primary key,
        name text not null,
        scope text not null constraint ledger_chart_scope_known check (scope in ('USER', 'SYSTEM')),
        never_negative boolean not null,
        description text not null
      )`);
    this.addSql(`
      create table ledger_accounts (
        id bigint generated always as identity constraint ledger_accounts_pkey primary key,
        code text not null constraint ledger_accounts_code_fkey references ledger_chart on delete restrict,
        asset text not null constraint ledger_accounts_asset_known check (asset in ('TRX', 'USDT')),
        user_id uuid constraint ledger_accounts_user_fkey references users on delete restrict,
        balance bigint not null default 0,
        entries bigint not null default 0,
        constraint ledger_accounts_key unique nulls not distinct (code, asset, user_id),
        constraint user_balance_not_negative check (user_id is null or balance >= 0)
      ) with (fillfactor = 70)`);
    this.addSql(
      `create index ledger_accounts_by_user on ledger_accounts (user_id) where user_id is not null`,
    );
    this.addSql(`
      create table ledger_transfers (
        id uuid constraint ledger_transfers_pkey primary key,
        kind text not null,
        reference text not null,
        actor text not null,
        reason text,
        at timestamptz not null,
        constraint ledger_transfers_once unique (kind, reference)
      )`);
    this.addSql(`create index ledger_transfers_by_reference on ledger_transfers (reference)`);
    this.addSql(`
      create table ledger_entries (
        id bigint generated always as identity constraint ledger_entries_pkey primary key,
        transfer_id uuid not null constraint ledger_entries_transfer_fkey references ledger_transfers on delete restrict,
        account_id bigint not null constraint ledger_entries_account_fkey references ledger_accounts on delete restrict,
        amount bigint not null constraint ledger_entries_amount_moves check (amount <> 0),
        balance_after bigint not null,
        position bigint not null,
        at timestamptz not null,
        constraint ledger_entries_account_position_key unique (account_id, position)
      )`);
    this.addSql(`create index ledger_entries_by_transfer on ledger_entries (transfer_id)`);
    this.addSql(`create index ledger_entries_by_time on ledger_entries (at)`);
    this.addSql(`call make_append_only('ledger_transfers')`);
    this.addSql(`call make_append_only('ledger_entries')`);
    this.addSql(`
      revoke insert, update, delete on ledger_chart, ledger_accounts, ledger_transfers, ledger_entries
        from energy_desk`);

    this.addSql(`
      create function open_user_accounts(p_users uuid[]) returns void
      language sql security definer set search_path = public, pg_temp as $$
        insert into ledger_accounts (code, asset, user_id)
        select c.code, a.asset, u.id
        from unnest(p_users) as u(id)
        cross join (select code from ledger_chart where scope = 'USER') c
        cross join (values ('TRX'), ('USDT')) a(asset)
        order by u.id, c.code, a.asset
        on conflict do nothing
      $$`);

    // Lock order of the books: users' accounts by id, then the system's by id. The amounts of a
    // transfer sum to zero per asset; (kind, reference) happens once, or the whole call fails.
    this.addSql(`
      create function post_transfers(
        p_ids uuid[], p_kinds text[], p_references text[], p_reasons text[], p_actor text,
        p_entry_transfers int[], p_entry_accounts bigint[], p_entry_amounts bigint[]
      ) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        moment timestamptz := desk_now();
        wanted int;
        locked int;
      begin
        if cardinality(p_ids) = 0 then return; end if;
        if coalesce(p_actor, '') = '' then
          raise exception 'a transfer has an actor' using errcode = 'check_violation';
        end if;
        select count(distinct id) into wanted from unnest(p_entry_accounts) as given(id);
        select count(*) into locked from (
          select a.id from ledger_accounts a where a.id = any(p_entry_accounts)
          order by a.user_id is null, a.id for update) held;
        if wanted <> locked then
          raise exception 'an entry names an account that does not exist'
            using errcode = 'foreign_key_violation';
        end if;
        perform from unnest(p_entry_transfers, p_entry_accounts, p_entry_amounts) as e(transfer, account, amount)
          join ledger_accounts a on a.id = e.account
          group by e.transfer, a.asset having sum(e.amount) <> 0;
        if found then
          raise exception 'a transfer does not balance'
            using errcode = 'check_violation', constraint = 'transfer_balances';
        end if;
        if (select count(distinct t) from unnest(p_entry_transfers) as given(t)) <> cardinality(p_ids) then
          raise exception 'a transfer has no entries'
            using errcode = 'check_violation', constraint = 'transfer_balances';
        end if;

        insert into ledger_transfers (id, kind, reference, actor, reason, at)
        select t.id, t.kind, t.reference, p_actor, t.reason, moment
        from unnest(p_ids, p_kinds, p_references, p_reasons) as t(id, kind, reference, reason);

        insert into ledger_entries (transfer_id, account_id, amount, balance_after, position, at)
        select p_ids[e.transfer], e.account, e.amount,
               a.balance + sum(e.amount) over so_far,
               a.entries + row_number() over so_far, moment
        from unnest(p_entry_transfers, p_entry_accounts, p_entry_amounts)
          with ordinality as e(transfer, account, amount, nr)
        join ledger_accounts a on a.id = e.account
        window so_far as (partition by e.account order by e.nr rows unbounded preceding)
        order by e.nr;

        update ledger_accounts a
        set balance = a.balance + moved.amount, entries = a.entries + moved.entries
        from (
          select account, sum(amount)::bigint as amount, count(*) as entries
          from unnest(p_entry_accounts, p_entry_amounts) as e(account, amount) group by account
        ) moved
        where a.id = moved.account;
      end $$`);
    this.addSql(`revoke execute on function post_transfers from public`);
    this.addSql(`revoke execute on function open_user_accounts from public`);
    this.addSql(`grant execute on function post_transfers, open_user_accounts to energy_desk`);
  }
}
