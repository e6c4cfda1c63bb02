import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { Judged } from './credit-deposits.ts';
import type { DepositState } from './deposit-states.ts';

interface Written {
  readonly id: string;
  /** Among the judged payments. */
  readonly place: number;
}

/**
 * Writes deposits down. Seen at the head they are SEEN whatever the verdict, which then is a forecast;
 * solid they are CREDITED or UNCLAIMED. A transfer that has a row already goes on from SEEN or GONE,
 * and is left alone in any other state.
 * @param expected chain time at which what is seen will be solid
 * @returns those whose row was written or changed
 */
export async function writeDeposits(
  em: EntityManager,
  ids: IdMaker,
  view: 'head' | 'solid',
  judged: readonly Judged[],
  expected: (timeMs: number) => number | null = () => null,
): Promise<Written[]> {
  const rows = judged.flatMap(({ payment, verdict }, place) =>
    verdict.kind === 'ignored' ? [] : [{ payment, verdict, place }],
  );
  if (rows.length === 0) return [];
  const stateOf = (credit: boolean): DepositState => {
    if (view === 'head') return 'SEEN';
    return credit ? 'CREDITED' : 'UNCLAIMED';
  };
  const written = await query<{ id: string; txid: string; logIndex: number }>(
    em,
    `insert into deposits
       (id, state, txid, log_index, address, sender, currency, amount, token, token_amount, memo,
        from_contract, block, block_id, time_ms, expected_ms, user_id, client_id, intent_id,
        matched_by, reason, suggestions, settled_at)
     select d.id, d.state, d.txid, d.log_index, d.address, d.sender, d.currency, d.amount, d.token,
            d.token_amount, nullif(d.memo, ''), d.from_contract, d.block, d.block_id, d.time_ms,
            d.expected_ms, d.user_id, coalesce(d.client_id, u.client_id), d.intent_id, d.matched_by,
            d.reason, d.suggestions, case when d.state <> 'SEEN' then desk_now() end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[],
                 $8::bigint[], $9::text[], $10::text[], $11::text[], $12::boolean[], $13::bigint[],
                 $14::text[], $15::bigint[], $16::bigint[], $17::uuid[], $18::uuid[], $19::uuid[],
                 $20::text[], $21::text[], $22::jsonb[])
       with ordinality
       as d(id, state, txid, log_index, address, sender, currency, amount, token, token_amount, memo,
            from_contract, block, block_id, time_ms, expected_ms, user_id, client_id, intent_id,
            matched_by, reason, suggestions, nr)
     left join users u on u.id = d.user_id
     order by d.txid, d.log_index
     on conflict (txid, log_index) do update
     set state = excluded.state, block = excluded.block, block_id = excluded.block_id,
         time_ms = excluded.time_ms, expected_ms = excluded.expected_ms, sender = excluded.sender,
         amount = excluded.amount, from_contract = excluded.from_contract,
         user_id = excluded.user_id, client_id = excluded.client_id,
         intent_id = excluded.intent_id, matched_by = excluded.matched_by,
         reason = excluded.reason, suggestions = excluded.suggestions,
         settled_at = excluded.settled_at
     where deposits.state = 'GONE' or deposits.state = 'SEEN' and excluded.state <> 'SEEN'
     returning id, txid, log_index as "logIndex"`,
    [
      rows.map(() => ids.next()),
      rows.map(({ verdict }) => stateOf(verdict.kind === 'credit')),
      rows.map(({ payment }) => payment.txid),
      rows.map(({ payment }) => payment.logIndex),
      rows.map(({ payment }) => payment.address),
      rows.map(({ payment }) => payment.sender),
      rows.map(({ payment }) => payment.currency),
      rows.map(({ payment }) => (payment.currency === null ? null : payment.amount)),
      rows.map(({ payment }) => payment.token),
      rows.map(({ payment }) => (payment.currency === null ? payment.amount.toString() : null)),
      rows.map(({ payment }) => payment.memo),
      rows.map(({ payment }) => payment.fromContract),
      rows.map(({ payment }) => payment.block),
      rows.map(({ payment }) => payment.blockId),
      rows.map(({ payment }) => payment.timeMs),
      rows.map(({ payment }) => expected(payment.timeMs)),
      rows.map(({ verdict }) => (verdict.kind === 'credit' ? verdict.userId : null)),
      rows.map(({ verdict }) => (verdict.kind === 'credit' ? verdict.request?.clientId : null)),
      rows.map(({ verdict }) => (verdict.kind === 'credit' ? verdict.request?.id : null)),
      rows.map(({ verdict }) => (verdict.kind === 'credit' ? verdict.matchedBy : null)),
      rows.map(({ verdict }) => (verdict.kind === 'unclaimed' ? verdict.reason : null)),
      rows.map(({ verdict }) =>
        JSON.stringify(verdict.kind === 'unclaimed' ? verdict.suggestions : []),
      ),
    ],
  );
  const places = new Map(
    rows.map(({ payment, place }) => [`${payment.txid} ${payment.logIndex}`, place]),
  );
  return written.map(({ id, txid, logIndex }) => ({
    id,
    place: places.get(`${txid} ${logIndex}`) ?? 0,
  }));
}
