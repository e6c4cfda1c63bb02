import type { Database } from '../../../server/src/database/database.ts';
import { query } from '../../../server/src/database/query.ts';
import { checkBooks } from '../../../server/src/ledger/check-books.ts';
import { heldMoney } from '../../../server/src/orders/held-money.ts';
import { findBreaks, type RecordEntry } from '../../../server/src/testing/chain-against-books.ts';
import { bookedFees } from '../../../server/src/upkeep/booked-fees.ts';
import { control } from './network.ts';

/** Each is a select of one text column: a sentence for each place where it does not hold. */
const RULES = [
  // I6, as far as it can be told without the chain.
  `select format('Wallet %s has promised %s sun, its open reservations and holds %s.',
                 w.address, w.committed_sun, p.sun)
   from wallets w
   left join lateral (
     select coalesce((select sum(r.sun) from reservations r where r.wallet_id = w.id
                      and r.state in ('HELD', 'CAPTURED', 'RETURNING')), 0)
          + coalesce((select sum(h.sun) from wallet_holds h where h.wallet_id = w.id
                      and h.state in ('HELD', 'SETTLING')), 0) as sun) p on true
   where w.committed_sun <> p.sun or w.committed_sun > w.sellable_sun`,
  // An order is paid for and has its slices, or is not there.
  `select format('Order %s of %s Energy has slices of %s.', o.id, o.energy, sum(s.energy))
   from orders o left join order_slices s on s.order_id = o.id and s.state <> 'DROPPED'
   where o.state in ('PENDING', 'PROCESSING', 'COMPLETED')
   group by o.id having sum(s.energy) is distinct from o.energy`,
  `select format('Order %s was paid %s times.', o.id, count(t.id))
   from orders o left join ledger_transfers t on t.kind = 'order.hold' and t.reference = o.id::text
   group by o.id having count(t.id) <> 1`,
  // Each slice has one intended delegation for one promise.
  `select format('Slice %s has %s reservations and %s delegations.', s.id, count(r.id), count(c.id))
   from order_slices s left join reservations r on r.id = s.id
   left join chain_operations c on c.reference = s.id and c.purpose = 'deliver'
   group by s.id having count(r.id) <> 1 or count(c.id) <> 1`,
  // I10, I11: a birth in the history, with an actor.
  `select format('Order %s has no beginning in the history.', o.id) from orders o
   where not exists (select from state_changes c where c.subject_id = o.id and c.from_state is null
                     and c.actor <> '')`,
  `select format('Order %s is not in the audit log.', o.id) from orders o
   where not exists (select from audit_log l where l.subject_id = o.id::text and l.action = 'order.place')`,
];

const MOST = 5;

/** What the tables must say of themselves after any load (I1, I2, I6, I9 to I12). */
export async function breaksInTables(
  database: Database,
  acknowledged: readonly string[],
): Promise<string[]> {
  const em = database.read();
  // Tables that grew within seconds have no statistics yet, and plans for empty ones take minutes.
  await query(em, 'analyze');
  const { breaks } = await checkBooks(em, [heldMoney, bookedFees]);
  const found = [...breaks];
  for (const rule of RULES) {
    const rows = await query<Record<string, string>>(em, `${rule} limit ${MOST}`);
    found.push(...rows.flatMap((row) => Object.values(row)));
  }
  return [...found.slice(0, MOST), ...(await lostOrders(database, acknowledged))];
}

/** I12: what was acknowledged is there; each under an id of its own. */
async function lostOrders(database: Database, acknowledged: readonly string[]): Promise<string[]> {
  const distinct = new Set(acknowledged);
  const [row] = await query<{ kept: bigint }>(
    database.read(),
    'select count(*) as kept from orders where id = any($1::uuid[])',
    [[...distinct]],
  );
  const kept = Number(row?.kept ?? 0n);
  const breaks: string[] = [];
  if (kept !== distinct.size) breaks.push(`${distinct.size - kept} acknowledged orders are lost`);
  if (distinct.size !== acknowledged.length) {
    breaks.push(`${acknowledged.length - distinct.size} orders were acknowledged as another`);
  }
  return breaks;
}

/** What the desk believes against the chain's own record (I4 to I7). */
export async function breaksAgainstChain(database: Database, url: string): Promise<string[]> {
  const found = await findBreaks(database, async (owners) => {
    const { entries } = (await control(url, 'record', { owners })) as { entries: RecordEntry[] };
    return entries;
  });
  return found.slice(0, MOST);
}
