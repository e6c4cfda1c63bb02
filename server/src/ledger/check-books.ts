import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';

/**
 * One thing that must hold. `breaks` is a select of one text column: a sentence for each place where
 * it does not. All rules run in one statement, so they see one moment of books that are being written.
 */
export interface BooksRule {
  readonly name: string;
  readonly breaks: string;
}

export interface BooksReport {
  readonly balanced: boolean;
  readonly breaks: readonly string[];
  readonly entries: bigint;
  readonly checkedAt: Date;
}

/** Sentences per rule; of the others only their number is told. */
const MAX_SENTENCES = 1_000;

const UNIT_NAME = `case a.asset when 'TRX' then 'sun' else 'micro-USDT' end`;
const ACCOUNT = `format('Account %s (%s %s%s)', a.id, a.code, a.asset, ' of user ' || a.user_id)`;

/** What the books promise by themselves, whatever they are used for. */
export const LEDGER_RULES: readonly BooksRule[] = [
  {
    name: 'balances of an asset sum to zero',
    breaks: `
      select format('The balances of all %s accounts sum to %s %s instead of 0.',
                    a.asset, sum(a.balance), ${UNIT_NAME})
      from ledger_accounts a group by a.asset having sum(a.balance) <> 0`,
  },
  {
    name: 'entries of an asset sum to zero',
    breaks: `
      select format('All %s entries sum to %s %s instead of 0.', a.asset, sum(e.amount), ${UNIT_NAME})
      from ledger_entries e join ledger_accounts a on a.id = e.account_id
      group by a.asset having sum(e.amount) <> 0`,
  },
  {
    name: 'a transfer balances per asset',
    breaks: `
      select format('Transfer %s (%s of %s) moves %s %s more in than out.',
                    t.id, t.kind, t.reference, uneven.amount, ${UNIT_NAME})
      from (select e.transfer_id, b.asset, sum(e.amount) as amount
            from ledger_entries e join ledger_accounts b on b.id = e.account_id
            group by e.transfer_id, b.asset having sum(e.amount) <> 0) uneven
      cross join lateral (select uneven.asset) a
      join ledger_transfers t on t.id = uneven.transfer_id`,
  },
  {
    name: 'a transfer has entries',
    breaks: `
      select format('Transfer %s (%s of %s) has no entries.', t.id, t.kind, t.reference)
      from ledger_transfers t
      where not exists (select from ledger_entries e where e.transfer_id = t.id)`,
  },
  {
    name: 'a balance is the sum of its entries, their last balance and their number',
    breaks: `
      select ${ACCOUNT} || b.sentence
      from ledger_accounts a
      left join (select account_id, sum(amount) as total, count(*) as count,
                        min(position) as lowest, max(position) as highest
                 from ledger_entries group by account_id) e on e.account_id = a.id
      left join ledger_entries last on last.account_id = a.id and last.position = e.highest
      cross join lateral (values
        (a.balance <> coalesce(e.total, 0),
         format(' has a balance of %s, but its entries sum to %s %s.',
                a.balance, coalesce(e.total, 0), ${UNIT_NAME})),
        (a.balance <> coalesce(last.balance_after, 0),
         format(' has a balance of %s, but its last entry left %s %s.',
                a.balance, coalesce(last.balance_after, 0), ${UNIT_NAME})),
        (a.entries <> coalesce(e.count, 0),
         format(' counts %s entries and has %s.', a.entries, coalesce(e.count, 0))),
        (e.lowest <> 1 or e.highest <> e.count,
         format(' has gaps between its entries: %s of them, at positions %s to %s.',
                e.count, e.lowest, e.highest))
      ) b(broken, sentence)
      where b.broken`,
  },
  {
    name: 'each entry continues the balance before it',
    breaks: `
      select ${ACCOUNT} || format(' jumps at position %s: %s after %s and an entry of %s %s.',
               e.position, e.balance_after, e.before, e.amount, ${UNIT_NAME})
      from (select account_id, position, amount, balance_after,
                   coalesce(lag(balance_after) over (partition by account_id order by position), 0)
                     as before
            from ledger_entries) e
      join ledger_accounts a on a.id = e.account_id
      where e.balance_after <> e.before + e.amount`,
  },
  {
    name: 'what may not be negative never was',
    breaks: `
      select ${ACCOUNT} || format(' is negative: %s %s.', a.balance, ${UNIT_NAME})
      from ledger_accounts a join ledger_chart c on c.code = a.code
      where c.never_negative and a.balance < 0
      union all
      select ${ACCOUNT} || format(' was negative at position %s: %s %s.',
                                  e.position, e.balance_after, ${UNIT_NAME})
      from ledger_entries e
      join ledger_accounts a on a.id = e.account_id
      join ledger_chart c on c.code = a.code
      where c.never_negative and e.balance_after < 0`,
  },
  {
    name: 'an account belongs to a user exactly when its code says so',
    breaks: `
      select ${ACCOUNT} || ' does not belong to whom its code says.'
      from ledger_accounts a join ledger_chart c on c.code = a.code
      where (c.scope = 'USER') <> (a.user_id is not null)`,
  },
];

/**
 * Recomputes the whole books and tells every break in a sentence. Other rooms add rules of what their
 * own tables say about money; `LEDGER_RULES` is always among them.
 */
export async function checkBooks(
  em: EntityManager,
  more: readonly BooksRule[] = [],
): Promise<BooksReport> {
  const rules = [...LEDGER_RULES, ...more];
  const all = rules
    .map(({ breaks }, index) => `select ${index} as rule, sentence from (${breaks}) b(sentence)`)
    .join(' union all ');
  const [found] = await query<{
    breaks: { rule: number; sentence: string; found: number }[] | null;
    entries: bigint;
    checkedAt: Date;
  }>(
    em,
    `select (select json_agg(json_build_object('rule', rule, 'sentence', sentence, 'found', found)
                             order by rule, nr)
             from (select rule, sentence, row_number() over same as nr, count(*) over (partition by rule) as found
                   from (${all}) every window same as (partition by rule order by sentence)) numbered
             where nr <= ${MAX_SENTENCES}) as breaks,
            (select count(*) from ledger_entries) as entries,
            desk_now() as "checkedAt"`,
  );
  const { breaks, entries, checkedAt } = present(found, 'the report');
  const sentences = [...Map.groupBy(breaks ?? [], ({ rule }) => rule)].flatMap(([rule, told]) => {
    const untold = (told[0]?.found ?? 0) - told.length;
    const rest = untold > 0 ? [`… and ${untold} more: ${rules[rule]?.name ?? ''}.`] : [];
    return [...told.map(({ sentence }) => sentence), ...rest];
  });
  return { balanced: sentences.length === 0, breaks: sentences, entries, checkedAt };
}
