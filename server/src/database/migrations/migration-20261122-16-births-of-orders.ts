import { Migration } from '@mikro-orm/migrations';

/**
 * Orders announce what happens to them by their own columns. The functions for every table wrote each
 * order as JSON twice to find its user and its client, which was more than half of the time of placing it.
 */
export class BirthsOfOrders extends Migration {
  override readonly name = '20261122-16-births-of-orders';

  override up(): void {
    // What is written and refused is the same as in record_births and record_transitions.
    this.addSql(`
      create function record_order_births() returns trigger language plpgsql as $$
      declare offender record;
      begin
        select n.id, n.state into offender from changed_new n
        where not exists (
          select from legal_transitions t
          where t.subject = 'order' and t.from_state = '' and t.to_state = n.state)
        limit 1;
        if found then
          raise exception 'order % may not begin as %', offender.id, offender.state
            using errcode = 'check_violation', constraint = 'legal_transition';
        end if;
        insert into state_changes (subject, subject_id, to_state, actor, cause)
        select 'order', n.id, n.state,
               current_setting('desk.actor'), coalesce(nullif(current_setting('desk.cause', true), ''), 'created')
        from changed_new n;
        insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
        select 'order.' || lower(n.state), 'order', n.id, n.user_id, n.client_id,
               jsonb_build_object('to', n.state)
        from changed_new n;
        return null;
      end $$`);
    this.addSql(`
      create function record_order_transitions() returns trigger language plpgsql as $$
      declare offender record;
      begin
        select n.id, o.state as was, n.state into offender
        from changed_old o join changed_new n using (id)
        where o.state <> n.state and not exists (
          select from legal_transitions t
          where t.subject = 'order' and t.from_state = o.state and t.to_state = n.state)
        limit 1;
        if found then
          raise exception 'order % may not go from % to %', offender.id, offender.was, offender.state
            using errcode = 'check_violation', constraint = 'legal_transition';
        end if;
        insert into state_changes (subject, subject_id, from_state, to_state, actor, cause)
        select 'order', n.id, o.state, n.state,
               current_setting('desk.actor'), coalesce(nullif(current_setting('desk.cause', true), ''), 'changed')
        from changed_old o join changed_new n using (id) where o.state <> n.state;
        insert into events (kind, subject_kind, subject_id, user_id, client_id, payload)
        select 'order.' || lower(n.state), 'order', n.id, n.user_id, n.client_id,
               jsonb_build_object('from', o.state, 'to', n.state)
        from changed_old o join changed_new n using (id) where o.state <> n.state;
        return null;
      end $$`);
    this.addSql(`
      create or replace trigger births after insert on orders
        referencing new table as changed_new
        for each statement execute function record_order_births()`);
    this.addSql(`
      create or replace trigger transitions after update on orders
        referencing old table as changed_old new table as changed_new
        for each statement execute function record_order_transitions()`);
  }
}
