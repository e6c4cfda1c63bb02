import { Migration } from '@mikro-orm/migrations';

/**
 * Payments in USDT, and what users' own deposit addresses hold on its way to the treasury. A worker of the version before reads none of the new operations: they begin to
 * be written only when users are paid in USDT, which the signer's policy has to allow first.
 */
export class TokensAndSweeps extends Migration {
  override readonly name = '20261122-14-tokens-and-sweeps';

  override up(): void {
    this.addSql(`alter table chain_operations drop constraint chain_operations_shape`);
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
        when kind = 'TOKEN_TRANSFER' then
          receiver is not null and receiver <> owner and amount_sun is null and resource is null
          and jsonb_typeof(details -> 'contract') = 'string'
          and details ->> 'amount' ~ '^[1-9][0-9]{0,18}$'
          and details ->> 'feeLimitSun' ~ '^[1-9][0-9]{0,18}$'
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
    this.addSql(`
      comment on column chain_operations.details is
        'Votes, permissions or a transfer of tokens, amounts as decimal strings; null for every other kind.'`);

    this.addSql(`alter table attempts drop constraint attempts_dead_with_evidence`);
    this.addSql(`
      alter table attempts add constraint attempts_dead_with_evidence
        check ((state in ('DEAD', 'FAILED')) = (evidence is not null)) not valid`);
    this.addSql(`alter table attempts validate constraint attempts_dead_with_evidence`);

    this.addSql(`alter table withdrawals drop constraint withdrawals_currency_payable`);
    this.addSql(`
      alter table withdrawals add constraint withdrawals_currency_payable
        check (currency in ('TRX', 'USDT')) not valid`);
    this.addSql(`alter table withdrawals validate constraint withdrawals_currency_payable`);

    this.addSql(`
      create table deposit_seeds (
        account_key text constraint deposit_seeds_pkey primary key,
        sealed text not null,
        recipient text not null,
        sealed_by text not null,
        sealed_at timestamptz not null default desk_now()
      )`);
    this.addSql(`
      comment on table deposit_seeds is
        'The private side of accounts that deposit addresses are derived from, as armored age files that only the signer can open.'`);

    this.addSql(`
      create table sweeps (
        id uuid constraint sweeps_pkey primary key,
        address text not null
          constraint sweeps_address_fkey references deposit_addresses on delete restrict,
        currency text not null constraint sweeps_currency_known check (currency in ('TRX', 'USDT')),
        amount bigint not null constraint sweeps_amount_positive check (amount > 0),
        to_address text not null,
        fee_limit_sun bigint not null,
        fuel_sun bigint not null constraint sweeps_fuel_not_negative check (fuel_sun >= 0),
        fuel_operation_id uuid
          constraint sweeps_fuel_operation_fkey references chain_operations on delete restrict,
        operation_id uuid
          constraint sweeps_operation_fkey references chain_operations on delete restrict,
        state text not null,
        problem text,
        actor text not null,
        reason text not null,
        caller text not null,
        client_key text not null,
        content_hash bytea not null,
        requested_at timestamptz not null default desk_now(),
        ended_at timestamptz
      )`);
    this.addSql(`
      comment on column sweeps.fuel_sun is
        'TRX that the treasury sends to the address first, for the fee of the sweep; 0 where it has enough.'`);
    this.addSql(`
      create unique index sweeps_one_open on sweeps (address) where state in ('FUELLING', 'SENDING')`);
    this.addSql(`create index sweeps_by_key on sweeps (caller, client_key)`);
    this.addSql(`call guard_states('sweeps', 'sweep', 'announce')`);
    this.addSql(`revoke delete on sweeps from energy_desk`);

    this.addSql(`alter table ignored_transfers drop constraint ignored_transfers_why_known`);
    this.addSql(`
      alter table ignored_transfers add constraint ignored_transfers_why_known
        check (why in ('ZERO_VALUE', 'LOOK_ALIKE', 'WRONG_TOKEN', 'OUR_OWN')) not valid`);
    this.addSql(`alter table ignored_transfers validate constraint ignored_transfers_why_known`);
  }
}
