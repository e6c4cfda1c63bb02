import { Migration } from '@mikro-orm/migrations';

/**
 * A change of state costs one statement in its trigger, not two; and that of an attempt only a look
 * whether it is legal. Nobody has ever read the history of an attempt: its own row says when it was
 * built, sent, included, solid or dead, and by what evidence. The shape of an operation is looked at
 * when it is written and when it changes.
 */
export class ShortHistories extends Migration {
  override readonly name = '20261129-2-short-histories';

  override up(): void {
    this.addSql(`
      create function refuse_transition(p_subject text, p_id uuid, p_from text, p_to text) returns text
      language plpgsql as $$
      begin
        raise exception '% % may not go from % to %', p_subject, p_id, p_from, p_to
          using errcode = 'check_violation', constraint = 'legal_transition';
      end $$`);
    // What is written and refused is the same as before.
    this.addSql(`
      create or replace function record_transitions() returns trigger language plpgsql as $$
      begin
        insert into state_changes (subject, subject_id, from_state, to_state, actor, cause)
        select tg_argv[0], n.id, o.state,
               coalesce(t.to_state, refuse_transition(tg_argv[0], n.id, o.state, n.state)),
               current_setting('desk.actor'), coalesce(nullif(current_setting('desk.cause', true), ''), 'changed')
        from changed_old o join changed_new n using (id)
        left join legal_transitions t
          on t.subject = tg_argv[0] and t.from_state = o.state and t.to_state = n.state
        where o.state <> n.state;
        if found and tg_argv[1] = 'announce' then
          insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
          select tg_argv[0] || '.' || lower(n.state), tg_argv[0], n.id,
                 (to_jsonb(n) ->> 'user_id')::uuid, (to_jsonb(n) ->> 'client_id')::uuid,
                 jsonb_build_object('from', o.state, 'to', n.state)
          from changed_old o join changed_new n using (id) where o.state <> n.state;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create or replace function record_order_transitions() returns trigger language plpgsql as $$
      begin
        insert into state_changes (subject, subject_id, from_state, to_state, actor, cause)
        select 'order', n.id, o.state,
               coalesce(t.to_state, refuse_transition('order', n.id, o.state, n.state)),
               current_setting('desk.actor'), coalesce(nullif(current_setting('desk.cause', true), ''), 'changed')
        from changed_old o join changed_new n using (id)
        left join legal_transitions t
          on t.subject = 'order' and t.from_state = o.state and t.to_state = n.state
        where o.state <> n.state;
        if found then
          insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
          select 'order.' || lower(n.state), 'order', n.id, n.user_id, n.client_id,
                 jsonb_build_object('from', o.state, 'to', n.state)
          from changed_old o join changed_new n using (id) where o.state <> n.state;
        end if;
        return null;
      end $$`);

    this.addSql(`
      create function require_legal_state() returns trigger language plpgsql as $$
      begin
        if exists (
          select from legal_transitions t
          where t.subject = tg_argv[0] and t.from_state = coalesce(old.state, '') and t.to_state = new.state)
        then
          return new;
        end if;
        if tg_op = 'UPDATE' then
          perform refuse_transition(tg_argv[0], new.id, old.state, new.state);
        end if;
        raise exception '% % may not begin as %', tg_argv[0], new.id, new.state
          using errcode = 'check_violation', constraint = 'legal_transition';
      end $$`);
    this.addSql(`drop trigger births on attempts`);
    this.addSql(`drop trigger transitions on attempts`);
    this.addSql(`
      create trigger births before insert on attempts
        for each row execute function require_legal_state('attempt')`);
    this.addSql(`
      create trigger transitions before update of state on attempts
        for each row when (old.state <> new.state) execute function require_legal_state('attempt')`);

    // A check constraint is read from its text and judged at each update of the row, whatever that
    // changes: of an operation four times in its life, at a third of the update's cost.
    this.addSql(`
      create function require_operation_shape() returns trigger language plpgsql as $$
      begin
        if coalesce(case
          when new.kind in ('DELEGATE', 'UNDELEGATE') then
            new.receiver is not null and new.amount_sun is not null and new.resource is not null and new.details is null
          when new.kind in ('FREEZE', 'UNFREEZE') then
            new.receiver is null and new.amount_sun is not null and new.resource is not null and new.details is null
          when new.kind = 'TRANSFER' then
            new.receiver is not null and new.receiver <> new.owner and new.amount_sun is not null and new.resource is null
            and new.details is null
          when new.kind = 'TOKEN_TRANSFER' then
            new.receiver is not null and new.receiver <> new.owner and new.amount_sun is null and new.resource is null
            and jsonb_typeof(new.details -> 'contract') = 'string'
            and new.details ->> 'amount' ~ '^[1-9][0-9]{0,18}$'
            and new.details ->> 'feeLimitSun' ~ '^[1-9][0-9]{0,18}$'
          when new.kind in ('CANCEL_UNFREEZE', 'WITHDRAW_EXPIRED', 'CLAIM_REWARDS') then
            new.receiver is null and new.amount_sun is null and new.resource is null and new.details is null
          when new.kind = 'VOTE' then
            new.receiver is null and new.amount_sun is null and new.resource is null
            and case when jsonb_typeof(new.details -> 'votes') = 'array'
                  then jsonb_array_length(new.details -> 'votes') between 1 and 30 else false end
          when new.kind = 'SET_PERMISSIONS' then
            new.receiver is null and new.amount_sun is null and new.resource is null
            and jsonb_typeof(new.details -> 'owner') = 'object'
            and case when jsonb_typeof(new.details -> 'actives') = 'array'
                  then jsonb_array_length(new.details -> 'actives') between 1 and 8 else false end
          else false end, false) then
          return new;
        end if;
        raise exception 'operation % of kind % has not the columns of that kind', new.id, new.kind
          using errcode = 'check_violation', constraint = 'chain_operations_shape';
      end $$`);
    this.addSql(`
      create trigger shape
        before insert or update of kind, owner, receiver, amount_sun, resource, details on chain_operations
        for each row execute function require_operation_shape()`);
    this.addSql(`alter table chain_operations drop constraint chain_operations_shape`);
  }
}
