import { Migration } from '@mikro-orm/migrations';

/** What the pool can sell later, how wallets were chosen, and wallets that come back by themselves. */
export class Pool extends Migration {
  override readonly name = '20261122-9-pool';

  override up(): void {
    this.addSql(`alter table orders add column wallet_choices jsonb`);
    this.addSql(`
      comment on column orders.wallet_choices is
        'Each choice of wallets as it was decided, oldest first; null on orders from before they were kept.'`);

    this.addSql(`
      alter table wallets
        add column usage_energy bigint not null default 0,
        add column usage_window_slots int not null default 28800,
        add column absorbing_sun bigint not null default 0,
        add column quarantined_from text constraint wallets_quarantined_from_known
          check (quarantined_from in ('ACTIVE', 'DRAINING')),
        add column next_probe_at timestamptz,
        add column last_probe jsonb`);
    this.addSql(`
      comment on column wallets.usage_energy is
        'Energy used up and not recovered at observed_at; it recovers over usage_window_slots slots.'`);
    this.addSql(`
      comment on column wallets.absorbing_sun is
        'Stake of others and of Stake 1.0, which that usage occupies first.'`);
    this.addSql(`
      comment on column wallets.quarantined_from is
        'The state to which a probe returns a wallet that was quarantined by rule; null otherwise.'`);
    this.addSql(`
      create index wallets_to_probe on wallets (next_probe_at) where quarantined_from is not null`);
    // Whoever quarantines a wallet, and whatever takes it out again: what comes back by itself is here.
    this.addSql(`
      create function note_quarantine() returns trigger language plpgsql as $$
      declare by_rule constant boolean := starts_with(current_setting('desk.actor'), 'SYSTEM:');
      begin
        if new.state <> 'QUARANTINED' then
          new.quarantined_from := null;
          new.next_probe_at := null;
        elsif old.state <> 'QUARANTINED' then
          new.quarantined_from := case when by_rule and old.state in ('ACTIVE', 'DRAINING') then old.state end;
          new.next_probe_at := null;
          new.last_probe := null;
        elsif not by_rule then
          new.quarantined_from := null;
          new.next_probe_at := null;
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger quarantine_noted before update of state on wallets
        for each row execute function note_quarantine()`);

    this.addSql(`
      create index rentals_reclaiming on rentals (wallet_id) where state = 'RECLAIMING'`);
  }
}
