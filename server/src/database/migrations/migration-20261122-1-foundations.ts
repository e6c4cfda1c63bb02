import { Migration } from '@mikro-orm/migrations';

/** Roles, the desk's clock, and the machinery that every explicit state goes through. */
export class Foundations extends Migration {
  override readonly name = '20261122-1-foundations';

  override up(): void {
    // The server works as energy_desk, which owns nothing: it can neither alter a table nor write
    // the books except through post_transfers.
    this.addSql(`
      do $$ begin
        create role energy_desk nologin;
      exception when duplicate_object or unique_violation then null; end $$`);
    this.addSql(`grant usage on schema public to energy_desk`);
    this.addSql(`
      alter default privileges in schema public
        grant select, insert, update, delete on tables to energy_desk`);
    this.addSql(
      `alter default privileges in schema public grant usage, select on sequences to energy_desk`,
    );
    // The job library makes and keeps its own tables.
    this.addSql(`create schema jobs authorization energy_desk`);

    // A simulation sets desk.now and so moves every lease and deadline; in life nobody sets it.
    this.addSql(`
      create function desk_now() returns timestamptz language sql volatile parallel safe as $$
        select coalesce(nullif(current_setting('desk.now', true), '')::timestamptz, clock_timestamp())
      $$`);

    this.addSql(`
      create table legal_transitions (
        subject text not null,
        from_state text not null,
        to_state text not null,
        constraint legal_transitions_pkey primary key (subject, from_state, to_state)
      )`);
    this.addSql(`
      comment on table legal_transitions is
        'Filled from the pure state files at each migration; from_state is empty for a birth.'`);

    this.addSql(`
      create table state_changes (
        id bigint generated always as identity constraint state_changes_pkey primary key,
        subject text not null,
        subject_id uuid not null,
        from_state text,
        to_state text not null,
        actor text not null,
        cause text not null,
        at timestamptz not null default desk_now()
      )`);
    this.addSql(`create index state_changes_by_subject on state_changes (subject_id, id)`);
    this.addSql(`revoke update, delete on state_changes from energy_desk`);

    this.addSql(`
      create table events (
        position bigint generated always as identity constraint events_pkey primary key,
        xid xid8 not null default pg_current_xact_id(),
        kind text not null,
        subject_kind text not null,
        subject_id uuid not null,
        user_id uuid,
        client_id uuid,
        payload jsonb not null default '{}',
        at timestamptz not null default desk_now()
      )`);
    this.addSql(`create index events_in_commit_order on events (xid, position)`);
    this.addSql(`create index events_by_subject on events (subject_id, position)`);
    this.addSql(`revoke update on events from energy_desk`);

    // Statement-level with transition tables: one check and one insert for a batch of any size.
    this.addSql(`
      create function record_births() returns trigger language plpgsql as $$
      declare offender record;
      begin
        select n.id, n.state into offender from changed_new n
        where not exists (
          select from legal_transitions t
          where t.subject = tg_argv[0] and t.from_state = '' and t.to_state = n.state)
        limit 1;
        if found then
          raise exception '% % may not begin as %', tg_argv[0], offender.id, offender.state
            using errcode = 'check_violation', constraint = 'legal_transition';
        end if;
        insert into state_changes (subject, subject_id, to_state, actor, cause)
        select tg_argv[0], n.id, n.state,
               current_setting('desk.actor'), coalesce(nullif(current_setting('desk.cause', true), ''), 'created')
        from changed_new n;
        if tg_argv[1] = 'announce' then
          insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
          select tg_argv[0] || '.' || lower(n.state), tg_argv[0], n.id,
                 (to_jsonb(n) ->> 'user_id')::uuid, (to_jsonb(n) ->> 'client_id')::uuid,
                 jsonb_build_object('to', n.state)
          from changed_new n;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create function record_transitions() returns trigger language plpgsql as $$
      declare offender record;
      begin
        select n.id, o.state as was, n.state into offender
        from changed_old o join changed_new n using (id)
        where o.state <> n.state and not exists (
          select from legal_transitions t
          where t.subject = tg_argv[0] and t.from_state = o.state and t.to_state = n.state)
        limit 1;
        if found then
          raise exception '% % may not go from % to %', tg_argv[0], offender.id, offender.was, offender.state
            using errcode = 'check_violation', constraint = 'legal_transition';
        end if;
        insert into state_changes (subject, subject_id, from_state, to_state, actor, cause)
        select tg_argv[0], n.id, o.state, n.state,
               current_setting('desk.actor'), coalesce(nullif(current_setting('desk.cause', true), ''), 'changed')
        from changed_old o join changed_new n using (id) where o.state <> n.state;
        if tg_argv[1] = 'announce' then
          insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
          select tg_argv[0] || '.' || lower(n.state), tg_argv[0], n.id,
                 (to_jsonb(n) ->> 'user_id')::uuid, (to_jsonb(n) ->> 'client_id')::uuid,
                 jsonb_build_object('from', o.state, 'to', n.state)
          from changed_old o join changed_new n using (id) where o.state <> n.state;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create procedure guard_states(of_table regclass, subject text, announce text default '')
      language plpgsql as $$
      begin
        execute format(
          'create trigger births after insert on %s referencing new table as changed_new
             for each statement execute function record_births(%L, %L)', of_table, subject, announce);
        execute format(
          'create trigger transitions after update on %s
             referencing old table as changed_old new table as changed_new
             for each statement execute function record_transitions(%L, %L)', of_table, subject, announce);
      end $$`);

    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'rows of % are never changed or removed', tg_table_name
          using errcode = 'insufficient_privilege', constraint = 'append_only';
      end $$`);
    this.addSql(`
      create procedure make_append_only(of_table regclass) language plpgsql as $$
      begin
        execute format(
          'create trigger append_only before update or delete or truncate on %s
             for each statement execute function refuse_change()', of_table);
      end $$`);
    this.addSql(`call make_append_only('state_changes')`);
  }
}
