import { Migration } from '@mikro-orm/migrations';

/** What the desk keeps of a user beyond the money: standing, limits, tags, notes, the bot's session. */
export class UsersAndSessions extends Migration {
  override readonly name = '20261122-13-users-and-sessions';

  override up(): void {
    this.addSql(`
      alter table users
        add column standing_reason text,
        add column standing_at timestamptz,
        add column standing_by text,
        add column tags text[] not null default '{}',
        add column limit_orders_per_day int
          constraint users_limit_orders_positive check (limit_orders_per_day > 0),
        add column limit_spend_per_day bigint
          constraint users_limit_spend_positive check (limit_spend_per_day > 0)`);
    this.addSql(`
      comment on column users.limit_spend_per_day is
        'Sun in any 24 hours; null where the settings decide, as in limit_orders_per_day.'`);
    this.addSql(`create index users_by_tag on users using gin (tags) where tags <> '{}'`);

    this.addSql(`
      alter table user_addresses
        add column on_chain text
          constraint user_addresses_on_chain_known check (
            on_chain in ('ACTIVATED', 'NOT_ACTIVATED', 'CONTRACT')),
        add column looked_at timestamptz,
        add constraint user_addresses_looked_at_known check (
          (on_chain is null) = (looked_at is null))`);
    this.addSql(`
      comment on column user_addresses.on_chain is
        'What a node said of the account when it was last asked; null while none has answered.'`);

    this.addSql(`
      create table user_notes (
        id uuid constraint user_notes_pkey primary key,
        user_id uuid not null constraint user_notes_user_fkey references users on delete restrict,
        text text not null,
        author text not null,
        client_id text not null,
        at timestamptz not null default desk_now(),
        constraint user_notes_once unique (author, client_id)
      )`);
    this.addSql(`create index user_notes_by_user on user_notes (user_id, at desc, id desc)`);
    this.addSql(`call make_append_only('user_notes')`);

    this.addSql(`
      create table bot_sessions (
        user_id uuid constraint bot_sessions_pkey primary key
          constraint bot_sessions_user_fkey references users on delete restrict,
        version int not null constraint bot_sessions_version_positive check (version > 0),
        state jsonb not null,
        saved_by text not null,
        saved_at timestamptz not null default desk_now()
      ) with (fillfactor = 70)`);
    this.addSql(`
      comment on column bot_sessions.version is
        'The bot counts it up; only a higher one replaces what is there.'`);
  }
}
