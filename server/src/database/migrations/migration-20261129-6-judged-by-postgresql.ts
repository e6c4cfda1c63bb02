import { Migration } from '@mikro-orm/migrations';

/** For transactions that commit with their last statements: what those come to is judged where they run. */
export class JudgedByPostgresql extends Migration {
  override readonly name = '20261129-6-judged-by-postgresql';

  override up(): void {
    this.addSql(`
      create function insist(p_is_so boolean, p_constraint text) returns void language plpgsql as $$
      begin
        if p_is_so is not true then
          raise exception 'refused by %', p_constraint
            using errcode = 'check_violation', constraint = p_constraint;
        end if;
      end $$`);
  }
}
