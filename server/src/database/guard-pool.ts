import type { Socket } from 'node:net';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { askInBundles, type InOnePiece } from './bundle.ts';

/**
 * Makes a pool survive connections that break, whatever those who use them do:
 * - One on which nothing comes any more (a cable pulled, a host frozen) is ended after this many
 *   milliseconds: the statement under way fails, and so does the rollback, at once. `pg`'s own
 *   query_timeout would fail the statement only and give the dead connection to the next caller.
 * - One that ended while it was lent is taken back at once. Kysely forgets to give a connection back
 *   when `begin` fails on it: without this each such break costs the pool a place for ever, and with
 *   the last place the whole process waits for ever.
 *
 * And it makes `commit` tell the truth: of a transaction in which a statement has failed PostgreSQL
 * answers it with ROLLBACK and no error, so that what was written counts as kept and is gone.
 */
export function guardPool(pool: Pool, silenceMs: number): void {
  // What is asked together goes out together; each statement still stands for itself.
  Object.assign(pool.options, { pipeline: true });
  pool.on('connect', (client) => {
    askWithCallbacks(client);
    failWhenNothingIsCommitted(client);
    const stream = streamOf(client);
    stream.setTimeout(silenceMs, () => {
      stream.destroy(new Error(`Connection terminated: PostgreSQL was silent for ${silenceMs} ms`));
    });
  });
  const lend: () => Promise<PoolClient> = pool.connect.bind(pool);
  // Only the form that answers with a promise is used: it is Kysely's.
  pool.connect = (async () => {
    const client = await lend();
    takeBackWhenItEnds(client);
    takeBundles(client);
    return client;
  }) as Pool['connect'];
}

const takesBundles = new WeakSet<object>();

/** On top of whatever else watches the connection's statements, which so sees each of a bundle. */
function takeBundles(client: { query: unknown }): void {
  if (takesBundles.has(client)) return;
  takesBundles.add(client);
  const stream = streamOf(client);
  const inOnePiece: InOnePiece = (write) => {
    stream.cork();
    try {
      return write();
    } finally {
      stream.uncork();
    }
  };
  client.query = askInBundles((client.query as Ask).bind(client), inOnePiece);
}

function streamOf(client: object): Socket {
  return (client as { connection: { stream: Socket } }).connection.stream;
}

function takeBackWhenItEnds(client: PoolClient): void {
  const giveBack = client.release.bind(client);
  let isLent = true;
  const release = (error?: Error | boolean): void => {
    if (!isLent) return;
    isLent = false;
    client.off('end', ended);
    giveBack(error);
  };
  const ended = (): void => release(true);
  client.once('end', ended);
  client.release = release;
}

type Ask = (...question: unknown[]) => Promise<QueryResult>;

/**
 * Makes the promises of answers itself. What pg's own leave behind is garbage that only a collection of
 * the old generation finds, rows included: each collection of the young one copied most of what had been
 * read since, and stopped the process for ten to thirty times as long (`short-lived-answers.test.ts`).
 */
function askWithCallbacks(client: { query: unknown }): void {
  const ask = (client.query as (...question: unknown[]) => unknown).bind(client);
  client.query = (question: unknown, values?: unknown): unknown => {
    if (isSubmittable(question)) return ask(question, values);
    return new Promise((resolve, reject) => {
      ask(question, values, (error: Error | undefined, result: unknown) => {
        if (error) reject(error);
        else resolve(result);
      });
    });
  };
}

/** A query object of its own, such as a COPY: it brings its own way to answer. */
function isSubmittable(question: unknown): boolean {
  return typeof question === 'object' && question !== null && 'submit' in question;
}

/** Whoever passed over the error of a statement must not go on as if the others had been kept. */
function failWhenNothingIsCommitted(client: { query: unknown }): void {
  const ask = (client.query as Ask).bind(client);
  const commit: Ask = async (...question) => {
    const result = await ask(...question);
    if (result.command === 'COMMIT') return result;
    throw new Error('PostgreSQL rolled back what was to be committed: a statement had failed');
  };
  client.query = (...question: unknown[]) =>
    question[0] === 'commit' ? commit(...question) : ask(...question);
}
