import { Migration } from '@mikro-orm/migrations';

/** What exchanges say that TRX cost, what was converted by it, and what users had paid out. */
export class RatesAndWithdrawals extends Migration {
  override readonly name = '20261122-12-rates-and-withdrawals';

  override up(): void {
    this.addSql(`
      create table exchange_rates (
        id bigint generated always as identity constraint exchange_rates_pkey primary key,
        outcome text not null constraint exchange_rates_outcome_known
          check (outcome in ('GOOD', 'TOO_FEW', 'DISAGREE', 'JUMPED')),
        price_pico bigint constraint exchange_rates_price_positive check (price_pico > 0),
        problem text,
        sources jsonb not null,
        at timestamptz not null default desk_now(),
        constraint exchange_rates_good_has_price check (outcome <> 'GOOD' or price_pico is not null),
        constraint exchange_rates_bad_has_problem check ((outcome = 'GOOD') = (problem is null))
      )`);
    this.addSql(`create index exchange_rates_by_time on exchange_rates (at)`);
    this.addSql(`create index exchange_rates_good on exchange_rates (id) where outcome = 'GOOD'`);
    this.addSql(`
      comment on column exchange_rates.price_pico is
        'What one TRX costs, in 10⁻¹² USDT: the median of the sources that were used.'`);
    this.addSql(`
      comment on column exchange_rates.sources is
        'Every source that was asked: name, bid and ask in 10⁻¹² USDT as decimal strings, whether it was used and why not.'`);

    this.addSql(`
      create table conversions (
        id uuid constraint conversions_pkey primary key,
        user_id uuid not null constraint conversions_user_fkey references users on delete restrict,
        from_currency text not null,
        to_currency text not null,
        amount_from bigint not null constraint conversions_from_positive check (amount_from > 0),
        amount_to bigint not null constraint conversions_to_positive check (amount_to > 0),
        rate_id bigint not null
          constraint conversions_rate_fkey references exchange_rates on delete restrict,
        price_pico bigint not null,
        sources jsonb not null,
        spread_per_mille int not null,
        credit_of text,
        caller text not null,
        client_id text not null,
        actor text not null,
        at timestamptz not null default desk_now(),
        constraint conversions_client_key unique (caller, client_id),
        constraint conversions_two_currencies check (
          from_currency in ('TRX', 'USDT') and to_currency in ('TRX', 'USDT')
          and from_currency <> to_currency)
      )`);
    this.addSql(`create index conversions_by_user on conversions (user_id, id)`);
    this.addSql(`create index conversions_by_rate on conversions (rate_id)`);
    this.addSql(`call make_append_only('conversions')`);
    this.addSql(`revoke update, delete on conversions from energy_desk`);

    this.addSql(`
      create table withdrawals (
        id uuid constraint withdrawals_pkey primary key,
        state text not null,
        origin text not null constraint withdrawals_origin_known
          check (origin in ('USER', 'DEPOSIT_RETURN')),
        reference uuid,
        user_id uuid constraint withdrawals_user_fkey references users on delete restrict,
        source_code text constraint withdrawals_source_fkey references ledger_chart on delete restrict,
        client_id uuid,
        currency text not null constraint withdrawals_currency_payable check (currency = 'TRX'),
        gross bigint not null constraint withdrawals_gross_positive check (gross > 0),
        fee bigint not null constraint withdrawals_fee_not_negative check (fee >= 0),
        activation_fee bigint not null default 0
          constraint withdrawals_activation_fee_not_negative check (activation_fee >= 0),
        address text not null,
        reason text,
        caller text not null,
        key text not null,
        content_hash bytea not null,
        requester text not null,
        waits_because text,
        not_before timestamptz not null,
        wallet_id uuid constraint withdrawals_wallet_fkey references wallets on delete restrict,
        operation_id uuid
          constraint withdrawals_operation_fkey references chain_operations on delete restrict,
        problem text,
        txid text,
        decided_by text,
        decision_reason text,
        requested_at timestamptz not null default desk_now(),
        ended_at timestamptz,
        constraint withdrawals_key unique (caller, key),
        constraint withdrawals_receiver_gets check (gross > fee),
        constraint withdrawals_one_source check ((user_id is null) <> (source_code is null))
      )`);
    this.addSql(`create index withdrawals_by_user on withdrawals (user_id, id)`);
    this.addSql(
      `create index withdrawals_to_send on withdrawals (id) where state in ('REQUESTED', 'APPROVED')`,
    );
    this.addSql(`create index withdrawals_by_time on withdrawals (requested_at)`);
    this.addSql(`
      create unique index withdrawals_reference_once on withdrawals (origin, reference)
        where reference is not null and state not in ('REJECTED', 'FAILED')`);
    this.addSql(`
      create index withdrawals_by_operation on withdrawals (operation_id)
        where operation_id is not null`);
    this.addSql(`
      comment on column withdrawals.gross is
        'Micro-units that leave the source; the receiver gets them less the fee.'`);
    this.addSql(`
      comment on column withdrawals.activation_fee is
        'The part of the fee for an address that does not exist on chain yet, which costs the desk as much.'`);
    this.addSql(`call guard_states('withdrawals', 'withdrawal', 'announce')`);
  }
}
