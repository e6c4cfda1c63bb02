import { Migration } from '@mikro-orm/migrations';

/** The desk's word to its signers, and what it knows of their journals. */
export class Signing extends Migration {
  override readonly name = '20261122-10-signing';

  override up(): void {
    this.addSql(`
      create table signer_halts (
        id uuid constraint signer_halts_pkey primary key,
        reason text not null,
        halted_by text not null,
        halted_at timestamptz not null default desk_now(),
        lifted_at timestamptz,
        lifted_by text,
        lift_reason text,
        constraint signer_halts_lifted check (
          (lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
      )`);
    this.addSql(`
      comment on table signer_halts is
        'While a row is not lifted nothing is claimed, and every worker tells its signer to refuse.'`);
    this.addSql(`
      create unique index signer_halts_open_key on signer_halts ((true)) where lifted_at is null`);
    this.addSql(`revoke delete on signer_halts from energy_desk`);
    this.addSql(`
      create table signer_commands (
        caller text not null,
        client_id text not null,
        content_hash bytea not null,
        at timestamptz not null default desk_now(),
        constraint signer_commands_pkey primary key (caller, client_id)
      )`);
    this.addSql(`call make_append_only('signer_commands')`);

    this.addSql(`
      create table signer_journals (
        id uuid constraint signer_journals_pkey primary key,
        journal text not null,
        entries bigint not null constraint signer_journals_entries_positive check (entries > 0),
        hash text not null,
        worker text not null,
        halted_because text,
        began_at timestamptz not null default desk_now(),
        seen_at timestamptz not null default desk_now(),
        broken_because text,
        retired_at timestamptz
      )`);
    this.addSql(`
      comment on table signer_journals is
        'How far each signer''s journal had come when it was seen last: one that was cut off since is found out by this.'`);
    this.addSql(`
      comment on column signer_journals.journal is 'The hash of the journal''s first line.'`);
    this.addSql(`
      create unique index signer_journals_open_key on signer_journals (journal) where retired_at is null`);
    this.addSql(`revoke delete on signer_journals from energy_desk`);
    this.addSql(`
      create function guard_signer_journals() returns trigger language plpgsql as $$
      begin
        if old.retired_at is not null or new.id <> old.id or new.journal <> old.journal
           or new.began_at <> old.began_at or new.entries < old.entries
           or new.entries = old.entries and new.hash <> old.hash
           or old.broken_because is not null and new.broken_because is distinct from old.broken_because then
          raise exception 'what is known of a signer''s journal only grows'
            using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger signer_journals_guard before update on signer_journals
      for each row execute function guard_signer_journals()`);
  }
}
