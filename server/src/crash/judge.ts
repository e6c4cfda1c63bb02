import { expectBooksAndChainAgree } from '../testing/books.ts';
import type { Acknowledged } from './client.ts';
import { eventually } from './eventually.ts';
import type { House } from './house.ts';

/** Everything that is not at its end yet, as sentences; none means that the desk is at rest. */
const OPEN = `
  select 'order ' || id || ' is ' || state as what from orders
  where state <> 'REFUNDED' and not (state = 'COMPLETED' and revenue_at is not null)
  union all select 'rental ' || id || ' is ' || state from rentals where state <> 'RECLAIMED'
  union all select 'reservation ' || id || ' is ' || state from reservations
            where state in ('HELD', 'CAPTURED', 'RETURNING')
  union all select kind || ' ' || id || ' is ' || state from chain_operations
            where state not in ('SOLID', 'ABANDONED', 'CANCELLED')`;

/** What is not at its end; unknown while PostgreSQL is away. */
async function open(house: House): Promise<string[] | undefined> {
  try {
    const { rows } = await house.sql.query<{ what: string }>(OPEN);
    return rows.map(({ what }) => what);
  } catch {
    return undefined;
  }
}

export async function atRest(house: House): Promise<boolean> {
  return (await open(house))?.length === 0;
}

/** Waits until everything has come to its end. @throws with what has not */
export async function comeToRest(house: House): Promise<void> {
  try {
    await eventually('everything is settled', () => atRest(house));
  } catch {
    const left = (await open(house)) ?? ['PostgreSQL does not answer'];
    throw new Error(`not settled: ${left.join('; ')}`);
  }
}

interface Ended {
  readonly id: string;
  readonly client_order_id: string;
  readonly state: string;
  readonly delegated: number;
  readonly kinds: string[];
}

/**
 * Judges a desk at rest: the books against themselves and the chain's own record, and every
 * acknowledged order delivered once and paid once, or refunded once.
 * @returns how many orders ended in each way
 * @throws with a sentence for each break
 */
export async function judge(
  house: House,
  orders: readonly Acknowledged[],
): Promise<{ delivered: number; refunded: number }> {
  await house.withDatabase((database) => expectBooksAndChainAgree(database, house.devnet.url));
  const { rows } = await house.sql.query<Ended>(
    `select o.id, o.client_order_id, o.state,
            (select count(*)::int from rentals r where r.order_id = o.id) as delegated,
            array(select t.kind from ledger_transfers t where t.reference = o.id::text
                  order by t.kind) as kinds
     from orders o where o.client_order_id = any($1::text[])`,
    [orders.map(({ clientOrderId }) => clientOrderId)],
  );
  const problems = orders.flatMap(({ clientOrderId, id }) => {
    const found = rows.filter((row) => row.client_order_id === clientOrderId);
    const [row] = found;
    if (row === undefined) return [`${clientOrderId} was acknowledged and is lost`];
    if (found.length > 1) return [`${clientOrderId} was placed ${found.length} times`];
    if (row.id !== id) return [`${clientOrderId} was acknowledged as another order`];
    return endProblem(row);
  });
  const closed = await house.sql.query<{ what: string }>(
    `select 'the safe mode was set by ' || source || ' (' || mode || '): ' || reason as what
     from safe_mode_entries where mode <> 'ACCEPT'`,
  );
  problems.push(...closed.rows.map(({ what }) => what));
  if (problems.length > 0) throw new Error(problems.join('; '));
  const delivered = rows.filter(({ state }) => state === 'COMPLETED').length;
  return { delivered, refunded: rows.length - delivered };
}

function endProblem({ id, state, kinds, delegated }: Ended): string[] {
  const money = kinds.join(' + ');
  if (state === 'COMPLETED') {
    if (money !== 'order.hold + order.revenue') return [`${id} is delivered, its money: ${money}`];
    return delegated >= 1 ? [] : [`${id} counts as delivered and was not`];
  }
  return money === 'order.hold + order.refund' ? [] : [`${id} is ${state}, its money: ${money}`];
}
