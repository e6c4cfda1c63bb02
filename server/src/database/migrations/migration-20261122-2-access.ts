import { Migration } from '@mikro-orm/migrations';

/** Operators, their sessions, API clients, the audit log, settings. */
export class Access extends Migration {
  override readonly name = '20261122-2-access';

  override up(): void {
    this.addSql(`
      create table operators (
        id uuid constraint operators_pkey primary key,
        email text not null,
        name text not null,
        password_hash text not null,
        roles text[] not null,
        must_change_password boolean not null default true,
        active boolean not null default true,
        created_at timestamptz not null default desk_now(),
        last_sign_in_at timestamptz,
        constraint operators_email_lower check (email = lower(email))
      )`);
    this.addSql(`create unique index operators_email_key on operators (email)`);
    this.addSql(`
      create table sessions (
        id uuid constraint sessions_pkey primary key,
        operator_id uuid not null constraint sessions_operator_fkey references operators on delete restrict,
        token_hash bytea not null constraint sessions_token_hash_key unique,
        csrf_hash bytea not null,
        created_at timestamptz not null default desk_now(),
        last_seen_at timestamptz not null default desk_now(),
        expires_at timestamptz not null,
        ended_at timestamptz,
        remote_address text,
        user_agent text
      )`);
    this.addSql(
      `create index sessions_by_operator on sessions (operator_id) where ended_at is null`,
    );
    this.addSql(`
      create table api_clients (
        id uuid constraint api_clients_pkey primary key,
        name text not null,
        roles text[] not null,
        key_prefix text not null,
        key_hash bytea not null constraint api_clients_key_hash_key unique,
        created_at timestamptz not null default desk_now(),
        created_by text not null,
        last_used_at timestamptz,
        revoked_at timestamptz
      )`);
    this.addSql(`
      create table audit_log (
        id bigint generated always as identity constraint audit_log_pkey primary key,
        at timestamptz not null default desk_now(),
        actor text not null,
        action text not null,
        subject_kind text,
        subject_id text,
        details jsonb not null default '{}',
        request_id text,
        remote_address text
      )`);
    this.addSql(`create index audit_log_by_subject on audit_log (subject_id, id)`);
    this.addSql(`revoke update, delete on audit_log from energy_desk`);
    this.addSql(`call make_append_only('audit_log')`);

    this.addSql(`
      create table settings (
        key text constraint settings_pkey primary key,
        value jsonb not null,
        version bigint not null
      )`);
    this.addSql(`
      create table settings_history (
        version bigint generated always as identity constraint settings_history_pkey primary key,
        key text not null,
        value jsonb not null,
        author text not null,
        reason text not null,
        at timestamptz not null default desk_now()
      )`);
    this.addSql(`revoke update, delete on settings_history from energy_desk`);
    this.addSql(`call make_append_only('settings_history')`);
  }
}
