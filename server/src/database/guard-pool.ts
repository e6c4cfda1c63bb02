import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/**
 * Makes a pool survive connections that break, whatever those who use them do:
 * - One on which nothing comes any more (a cable pulled, a host frozen) is ended after this many
 *   milliseconds: the statement under way fails, and so does the rollback, at once. `pg`'s own
 *   query_timeout would fail the statement only and give the dead connection to the next caller.
 * - One that ended while it was lent is taken back at once. Kysely forgets to give a connection back
 *   when `begin` fails on it: without this each such break costs the pool a place for ever, and with
 *   the last place the whole process waits for ever.
 */
export function guardPool(pool: Pool, silenceMs: number): void {
  pool.on('connect', (client) => {
    const { connection } = client as unknown as { connection: { stream: Socket } };
    const { stream } = connection;
    stream.setTimeout(silenceMs, () => {
      stream.destroy(new Error(`Connection terminated: PostgreSQL was silent for ${silenceMs} ms`));
    });
  });
  const lend: () => Promise<PoolClient> = pool.connect.bind(pool);
  // Only the form that answers with a promise is used: it is Kysely's.
  pool.connect = (async () => {
    const client = await lend();
    takeBackWhenItEnds(client);
    return client;
  }) as Pool['connect'];
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
