import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { QueryResult } from 'pg';
import { present } from '../kernel/assert.ts';
import { Bundle, type Statement } from './bundle.ts';

interface Answer {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

interface Asked extends Statement {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** What is asked of a transaction and goes out when its asker has nothing more to ask at once. */
const waiting = new WeakMap<object, Asked[]>();
/** Transactions that end with what is asked of them next. */
const ending = new WeakSet<object>();

/**
 * Runs SQL with `$1` placeholders on the entity manager's transaction, or on the pool outside of one.
 * bigint columns and sums come back as JS bigints, timestamptz as Date, numeric as text.
 *
 * What is asked of a transaction at once (by `Promise.all`) goes to PostgreSQL together and runs in
 * the order of asking; when one of them fails, all fail with its error.
 */
export async function query<Row>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await ask(em, sql, parameters);
  return rows as Row[];
}

/** Like {@link query}, for statements that answer with one row at the most. */
export async function queryOne<Row>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row | undefined> {
  const [row] = await query<Row>(em, sql, parameters);
  return row;
}

/** How many rows an insert, update or delete touched. */
export async function execute(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  return (await ask(em, sql, parameters)).affected;
}

/**
 * Asks the last of a transaction: its commit goes out with what `work` asks at once, and is waited for with
 * it. So nothing that is learnt from the answers can undo it: what has to be judged is judged by PostgreSQL,
 * and whoever called the transaction's work returns without asking more.
 */
export function lastly<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  ending.add(em.getKysely<unknown>());
  return work();
}

function ask(em: EntityManager, text: string, values: readonly unknown[]): Promise<Answer> {
  const kysely: Kysely<unknown> = em.getKysely<unknown>();
  if (!kysely.isTransaction) return askOne(kysely, { text, values });
  return new Promise((resolve, reject) => {
    const asked = { text, values, resolve, reject };
    const others = waiting.get(kysely);
    if (others) {
      others.push(asked);
      return;
    }
    waiting.set(kysely, [asked]);
    queueMicrotask(() => void askWaiting(kysely));
  });
}

async function askWaiting(kysely: Kysely<unknown>): Promise<void> {
  const all = present(waiting.get(kysely), 'those that wait');
  waiting.delete(kysely);
  const isLast = ending.delete(kysely);
  const [first] = all;
  try {
    const answers =
      all.length === 1 && first && !isLast
        ? [await askOne(kysely, first)]
        : await askBundle(kysely, all, isLast);
    all.forEach(({ resolve }, index) => {
      resolve(present(answers[index], 'answer'));
    });
  } catch (error) {
    for (const { reject } of all) reject(error);
  }
}

async function askOne(kysely: Kysely<unknown>, { text, values }: Statement): Promise<Answer> {
  const result = await kysely.executeQuery(CompiledQuery.raw(text, [...values]));
  return { rows: result.rows, affected: Number(result.numAffectedRows ?? 0n) };
}

async function askBundle(
  kysely: Kysely<unknown>,
  all: readonly Asked[],
  isLast: boolean,
): Promise<Answer[]> {
  const bundle = new Bundle(
    all.map(({ text, values }) => ({ text, values: [...values] })),
    { isLast },
  );
  const { rows } = await kysely.executeQuery(CompiledQuery.raw(bundle.text, [bundle]));
  return (rows as QueryResult[]).map((result) => ({
    rows: result.rows,
    affected: result.command === 'SELECT' ? 0 : (result.rowCount ?? 0),
  }));
}
