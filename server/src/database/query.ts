import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { QueryResult } from 'pg';
import { assert, present } from '../kernel/assert.ts';
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
/** Transactions that end with what is asked of them now: it goes out when all of it is there. */
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
 * and whoever called the transaction's work returns without asking more. When `work` fails before all of it
 * is asked, none of it is.
 */
export async function lastly<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  const kysely: Kysely<unknown> = em.getKysely<unknown>();
  assert(kysely.isTransaction, 'what is last is last of a transaction');
  ending.add(kysely);
  let failure: { readonly error: unknown } | undefined;
  const done = new Promise<T>((resolve) => {
    resolve(work());
  });
  done.catch((error: unknown) => (failure = { error }));
  await everythingIsAsked();
  ending.delete(kysely);
  if (failure) giveUp(kysely, failure.error);
  else if (waiting.has(kysely)) await askWaiting(kysely, true);
  return done;
}

/** When nothing is left that can go on without an answer, however deep it was called. */
function everythingIsAsked(): Promise<void> {
  return new Promise((resolve) => {
    // From within a microtask the next tick comes behind all others.
    queueMicrotask(() => {
      process.nextTick(resolve);
    });
  });
}

function giveUp(kysely: object, error: unknown): void {
  const all = waiting.get(kysely) ?? [];
  waiting.delete(kysely);
  for (const { reject } of all) reject(error);
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
    if (!ending.has(kysely)) queueMicrotask(() => void askWaiting(kysely));
  });
}

async function askWaiting(kysely: Kysely<unknown>, isLast = false): Promise<void> {
  const all = present(waiting.get(kysely), 'those that wait');
  waiting.delete(kysely);
  const [first] = all;
  try {
    if (isLast)
      for (const { values } of all) assert(values.every(isPlain), 'what is last is plain');
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

/** What can fail only in PostgreSQL: a value that could not be written would leave the others to the commit. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return (
    value === null || typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value)
  );
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
