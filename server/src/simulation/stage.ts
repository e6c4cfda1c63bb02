import pg from 'pg';

/** Tables that no history writes. */
const KEPT = ['mikro_orm_migrations', 'legal_transitions', 'ledger_chart'];
const START = 'simulation_start';
/** Rows that are gone take up room until then. */
const TRUNCATE_EVERY = 200;

/**
 * Puts the database back to where every history begins. Rows are deleted and the first ones copied
 * back: truncating, which looks cheaper, throws away every plan in every connection.
 */
export class Stage {
  readonly #owner: pg.Client;
  readonly #tables: readonly string[];
  readonly #sequences: readonly string[];
  #restore: string | undefined;
  #cleared = 0;

  private constructor(owner: pg.Client, tables: readonly string[], sequences: readonly string[]) {
    this.#owner = owner;
    this.#tables = tables;
    this.#sequences = sequences;
  }

  /** @param owner connection with the owner's rights, for this alone; no trigger fires on it */
  static async of(owner: pg.Client): Promise<Stage> {
    await owner.query(`set session_replication_role = replica`);
    await owner.query(`drop schema if exists ${START} cascade`);
    await owner.query(`create schema ${START}`);
    const names = async (kind: string): Promise<string[]> => {
      const { rows } = await owner.query<{ name: string }>(
        `select quote_ident(relname) as name from pg_class
         where relnamespace = 'public'::regnamespace and relkind = $1 and relname <> all($2)
         order by relname`,
        [kind, KEPT],
      );
      return rows.map(({ name }) => name);
    };
    const tables = await names('r');
    for (const table of tables) {
      // It would lock what nobody in the history has locked.
      await owner.query(`alter table ${table} set (autovacuum_enabled = off)`);
    }
    return new Stage(owner, tables, await names('S'));
  }

  /** From here every further history begins. */
  async remember(): Promise<void> {
    const back: string[] = [];
    for (const table of this.#tables) {
      const { rowCount } = await this.#owner.query(`select from ${table} limit 1`);
      if (rowCount === 0) continue;
      await this.#owner.query(`create table ${START}.${table} as select * from ${table}`);
      const { rows } = await this.#owner.query<{ columns: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [table],
      );
      const columns = rows[0]?.columns ?? '';
      back.push(
        `insert into ${table} (${columns}) overriding system value select ${columns} from ${START}.${table}`,
      );
    }
    for (const sequence of this.#sequences) {
      const { rows } = await this.#owner.query<{ last: string; called: boolean }>(
        `select last_value::text as last, is_called as called from ${sequence}`,
      );
      for (const { last, called } of rows) {
        back.push(`select setval('${sequence}', ${last}, ${called})`);
      }
    }
    this.#restore = back.join(';');
  }

  /** @returns whether there was anything to go back to */
  async restore(): Promise<boolean> {
    if (this.#restore === undefined) return false;
    this.#cleared += 1;
    const gone =
      this.#cleared % TRUNCATE_EVERY === 0
        ? `truncate ${this.#tables.join(', ')} cascade`
        : this.#tables.map((table) => `delete from ${table}`).join(';');
    await this.#owner.query(`begin;${gone};${this.#restore};commit`);
    return true;
  }
}
